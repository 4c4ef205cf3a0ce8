// Copies the address, with the language in it, so that whoever opens it sees the same.

const version = new URL(import.meta.url).search;
const { element, mount, style } = await import("./payload.js" + version);

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

// Browsers give pages from a school's own server (plain http) no clipboard: there the old way still works.
async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text).then(() => true, () => false);
  const field = element("textarea", { readonly: true, style: "position:fixed;opacity:0" });
  field.value = text;
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  return copied;
}
