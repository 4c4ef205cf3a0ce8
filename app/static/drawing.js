// A drawing that Python made as SVG: the version that fits the width, in the page's colours, with its parts to choose.

const version = new URL(import.meta.url).search;
const { answer, decode, element, mount, style } = await import("./payload.js" + version);
const { mode } = await import("./colours.js" + version);

const SHARPNESS = 2;

export default function (component) {
  mount(component, (root) => new Drawing(root));
}

class Drawing {
  constructor(root) {
    this.root = root;
    this.stage = element("div", { class: "stage", onclick: (event) => this.choose(event.target), onkeydown: (event) => this.key(event) });
    this.buttons = element("div", { class: "bar" });
    this.frame = element("div", { class: "drawing" }, this.stage, this.buttons);
    style(root, "drawing.css").then(() => {
      root.append(this.frame);
      new ResizeObserver(() => this.draw()).observe(this.frame);
    });
  }

  update(bytes) {
    this.header = decode(bytes).header;
    this.shown = null;
    this.buttons.replaceChildren(
      ...Object.entries(this.header.downloads).map(([kind, words]) => element("button", { type: "button", onclick: () => this.save(kind) }, words)),
    );
    this.draw();
  }

  draw() {
    if (!this.header || !this.frame.isConnected) return;
    const room = this.frame.clientWidth;
    const { versions, dark, choosable, chosen } = this.header;
    const [width, text] = versions.findLast(([wide]) => wide <= room) ?? versions[0];
    const theme = mode(this.root);
    const shown = `${width} ${theme}`;
    if (shown === this.shown || !room) return;
    const focused = this.stage.contains(this.root.activeElement) ? this.root.activeElement.dataset.path : null;
    this.shown = shown;
    const svg = read(theme === "dark" ? text.replace(/#[0-9a-f]{6}/g, (colour) => dark[colour] ?? colour) : text);
    svg.querySelector("rect.paper")?.setAttribute("fill", "none");
    svg.setAttribute("aria-label", this.header.label);
    svg.style.maxWidth = "100%";
    svg.style.height = "auto";
    if (choosable) {
      svg.setAttribute("role", "group");
      for (const part of svg.querySelectorAll("[data-path]")) {
        part.setAttribute("tabindex", "0");
        part.setAttribute("role", "button");
        part.setAttribute("aria-pressed", String(part.dataset.path === chosen));
        part.setAttribute("aria-label", part.querySelector("title")?.textContent ?? "");
      }
    }
    this.stage.replaceChildren(svg);
    if (focused !== null) this.stage.querySelector(`[data-path="${focused}"]`)?.focus({ preventScroll: true });
  }

  choose(target) {
    const path = target.closest("[data-path]")?.dataset.path;
    if (path !== undefined && this.header.choosable) answer(this.component, "chosen", path);
  }

  key(event) {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    this.choose(event.target);
  }

  save(kind) {
    const [, text] = this.header.versions.at(-1);
    const blob = new Blob([text], { type: "image/svg+xml" });
    if (kind === "svg") download(blob, "network.svg");
    else paint(blob, read(text)).then((picture) => download(picture, "network.png"));
  }
}

function read(text) {
  return document.importNode(new DOMParser().parseFromString(text, "image/svg+xml").documentElement, true);
}

async function paint(blob, svg) {
  const address = URL.createObjectURL(blob);
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = element("canvas");
  canvas.width = SHARPNESS * Number(svg.getAttribute("width"));
  canvas.height = SHARPNESS * Number(svg.getAttribute("height"));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

function download(blob, name) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
