// Cards in a strip that one pushes sideways: networks to start from.

const version = new URL(import.meta.url).search;
const { answer, decode, element, mount, style } = await import("./payload.js" + version);
const { mode } = await import("./colours.js" + version);

export default function (component) {
  mount(component, (root) => new Presets(root));
}

class Presets {
  constructor(root) {
    this.root = root;
    this.strip = element("div", { class: "cards", role: "group", onkeydown: (event) => this.key(event) });
    style(root, "presets.css").then(() => root.append(this.strip));
  }

  update(bytes) {
    const { header } = decode(bytes);
    const theme = mode(this.root);
    const shown = JSON.stringify([header.cards, theme]);
    this.strip.setAttribute("aria-label", header.label);
    if (shown !== this.shown) {
      this.shown = shown;
      this.strip.replaceChildren(...header.cards.map((card) => this.card(card, theme === "dark" ? header.dark : {})));
    }
    for (const card of this.strip.children) card.setAttribute("aria-pressed", String(card.dataset.name === header.chosen));
  }

  card({ name, title, text, picture }, dark) {
    const image = element("span", { class: "picture", "aria-hidden": "true" });
    if (picture) {
      const coloured = picture.replace(/#[0-9a-f]{6}/g, (colour) => dark[colour] ?? colour);
      const svg = document.importNode(new DOMParser().parseFromString(coloured, "image/svg+xml").documentElement, true);
      svg.querySelector("rect.paper")?.setAttribute("fill", "none");
      svg.querySelector("title")?.remove();
      image.append(svg);
    } else image.textContent = "＋";
    return element("button", { type: "button", "data-name": name, onclick: () => answer(this.component, "chosen", name) }, image, element("strong", {}, title), element("small", {}, text));
  }

  key(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const next = step && [...this.strip.children][[...this.strip.children].indexOf(event.target.closest("button")) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }
}
