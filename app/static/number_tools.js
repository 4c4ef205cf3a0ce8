// The buttons under a grid of numbers.

const version = new URL(import.meta.url).search;
const { element } = await import("./payload.js" + version);

export class Tools {
  // `act` has resize(rows, columns), rotate(), flip() and share(whether one slice serves all channels).
  constructor(act) {
    this.texts = [];
    this.labels = [];
    this.rows = this.stepper("rows", "fewer_rows", "more_rows", (step) => act.resize(step, 0));
    this.columns = this.stepper("columns", "fewer_columns", "more_columns", (step) => act.resize(0, step));
    this.shared = element("input", { type: "checkbox", onchange: () => act.share(this.shared.checked) });
    this.sharing = element("label", { class: "sharing" }, this.shared, this.text("same_for_all"));
    this.bar = element(
      "div",
      { class: "tools" },
      this.rows.box,
      this.columns.box,
      element("button", { type: "button", onclick: act.rotate }, sign("⟳"), this.text("rotate")),
      element("button", { type: "button", onclick: act.flip }, sign("±"), this.text("flip_sign")),
      this.sharing,
    );
  }

  text(name) {
    const node = element("span");
    this.texts.push({ node, name });
    return node;
  }

  stepper(title, less, plenty, change) {
    const button = (name, glyph, step) => {
      const node = element("button", { type: "button", onclick: () => change(step) }, glyph);
      this.labels.push({ node, name });
      return node;
    };
    const count = element("output");
    const fewer = button(less, "−", -1);
    const more = button(plenty, "+", 1);
    return { box: element("div", { class: "stepper" }, this.text(title), fewer, count, more), count, fewer, more };
  }

  relabel({ words, limit, slices }, { rows, columns, planes }) {
    for (const { node, name } of this.texts) node.textContent = words[name];
    for (const { node, name } of this.labels) node.setAttribute("aria-label", words[name]);
    for (const [stepper, count] of [[this.rows, rows], [this.columns, columns]]) {
      stepper.count.textContent = count;
      stepper.fewer.disabled = count <= 1;
      stepper.more.disabled = count >= limit;
    }
    this.sharing.classList.toggle("hidden", slices.length < 2);
    this.shared.checked = planes.length === 1;
  }
}

function sign(glyph) {
  return element("span", { class: "sign", "aria-hidden": "true" }, glyph);
}
