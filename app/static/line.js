// A text of one or more lines that is taken over by Enter, by its button, or when one leaves it.

const version = new URL(import.meta.url).search;
const { answer, decode, Echoes, element, mount, style } = await import("./payload.js" + version);

export default function (component) {
  mount(component, (root) => new Line(root));
}

class Line {
  constructor(root) {
    this.echoes = new Echoes();
    this.text = "";
    this.field = element("textarea", {
      rows: 2,
      spellcheck: "false",
      autocapitalize: "off",
      oninput: () => this.look(),
      onchange: () => this.take(),
      onkeydown: (event) => this.key(event),
    });
    this.name = element("span");
    this.help = element("small");
    this.button = element("button", { type: "button", class: "hidden", onclick: () => this.take() });
    const box = element("div", { class: "line-field" }, element("label", {}, this.name, this.field), element("div", { class: "under" }, this.help, this.button));
    style(root, "line.css").then(() => {
      root.append(box);
      this.look();
      new ResizeObserver(() => this.grow()).observe(box);
    });
  }

  update(bytes) {
    const { text, words } = decode(bytes).header;
    this.name.textContent = words.label;
    this.help.textContent = words.help;
    this.button.textContent = words.take;
    if (this.echoes.isNews(text) || !this.dirty()) this.field.value = text;
    this.text = text;
    this.look();
  }

  dirty() {
    return this.field.value !== this.text;
  }

  look() {
    this.button.classList.toggle("hidden", !this.dirty());
    this.grow();
  }

  grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight + 2, 170)}px`;
  }

  take() {
    if (!this.dirty()) return;
    this.echoes.sent(this.field.value);
    answer(this.component, "text", this.field.value);
  }

  key(event) {
    if (event.key === "Escape") {
      this.field.value = this.text;
      this.look();
    }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.take();
  }
}
