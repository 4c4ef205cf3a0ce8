// The buttons beside the drawing pad.

const version = new URL(import.meta.url).search;
const { element } = await import("./payload.js" + version);

// Radius of each pen in pixels of a picture of 28: handwritten digits are two to three pixels wide.
export const PENS = { thin: 0.7, medium: 1.2, thick: 2.1 };

export class Tools {
  // `act` has pen(name), erase(), undo() and clear().
  constructor(act) {
    this.pens = Object.entries(PENS).map(([name, radius]) => {
      const dot = element("span", { class: "dot" });
      dot.style.setProperty("--size", `${Math.round(radius * 9)}px`);
      return { name, node: element("button", { type: "button", onclick: () => act.pen(name) }, dot) };
    });
    this.words = [];
    this.eraser = this.button("eraser", "⌫", act.erase);
    this.undo = this.button("undo", "↶", act.undo);
    this.clear = this.button("clear", "×", act.clear);
    this.group = element("div", { class: "pens", role: "group" }, ...this.pens.map(({ node }) => node));
    this.bar = element("div", { class: "tools" }, element("div", {}, this.group, this.eraser), element("div", {}, this.undo, this.clear));
  }

  button(name, glyph, act) {
    const text = element("span");
    this.words.push({ text, name });
    return element("button", { type: "button", onclick: act }, element("span", { class: "glyph", "aria-hidden": "true" }, glyph), text);
  }

  relabel(words) {
    this.group.setAttribute("aria-label", words.pen);
    for (const { name, node } of this.pens) {
      node.setAttribute("aria-label", words[name]);
      node.title = words[name];
    }
    for (const { text, name } of this.words) text.textContent = words[name];
  }

  show({ pen, erasing, ink }) {
    for (const { name, node } of this.pens) node.setAttribute("aria-pressed", String(name === pen));
    this.eraser.setAttribute("aria-pressed", String(erasing));
    this.undo.disabled = !ink.before.length;
    this.clear.disabled = ink.blank();
  }
}
