// Copies the address, with the language in it, so that whoever opens it sees the same.

const version = new URL(import.meta.url).search;
const { element, mount, style } = await import("./payload.js" + version);
const { write } = await import("./clipboard.js" + version);

export default function (component) {
  mount(component, (root) => new Share(root));
}

class Share {
  constructor(root) {
    this.button = element("button", { type: "button", class: "share", onclick: () => this.copy() });
    this.told = element("span", { class: "read-aloud", "aria-live": "polite" });
    root.append(this.button, this.told);
    style(root);
  }

  update(data) {
    this.data = data;
    this.button.textContent = data.label;
  }

  async copy() {
    const link = new URL(window.location.href);
    link.searchParams.set("language", this.data.language);
    const copied = await write(link.href);
    this.button.textContent = this.told.textContent = copied ? this.data.copied : link.href;
    setTimeout(() => (this.button.textContent = this.data.label), copied ? 1800 : 20000);
  }
}
