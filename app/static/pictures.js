// Colour pictures side by side; where one may be chosen they are a radio group.

const version = new URL(import.meta.url).search;
const { answer, decode, Echoes, element, mount, style } = await import("./payload.js" + version);
const { paint } = await import("./colours.js" + version);

export default function (component) {
  mount(component, (root) => new Pictures(root));
}

class Pictures {
  constructor(root) {
    this.tiles = [];
    this.echoes = new Echoes();
    this.group = element("div", { class: "pictures", onkeydown: (event) => this.key(event) });
    // The tiles wait for their sheet: without it they would jump.
    style(root, "pictures.css").then(() => root.append(element("div", { class: "pictures-frame" }, this.group)));
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    this.header = header;
    const { data, shape: [count, ...size] } = arrays.pictures;
    const length = data.length / count;
    this.group.setAttribute("aria-label", header.label);
    this.group.setAttribute("role", header.choosable ? "radiogroup" : "group");
    this.group.style.setProperty("--columns", header.columns);
    this.group.style.setProperty("--least", header.least || "0px");
    this.group.classList.toggle("flowing", Boolean(header.least));
    while (this.tiles.length < count) this.tiles.push(this.build(this.tiles.length));
    while (this.tiles.length > count) this.tiles.pop().figure.remove();
    this.tiles.forEach((tile, index) => this.refresh(tile, data.subarray(index * length, (index + 1) * length), size));
    if (this.echoes.isNews(header.chosen)) this.chosen = header.chosen;
    this.mark();
  }

  build(index) {
    const canvas = element("canvas", { "aria-hidden": "true" });
    const box = element("span", { class: "box", "aria-hidden": "true" });
    const frame = element("div", { class: "frame", onclick: () => this.choose(index) }, canvas, box);
    const title = element("figcaption", { class: "title" });
    const figure = element("figure", {}, frame, title);
    this.group.append(figure);
    return { figure, frame, canvas, title, box };
  }

  refresh({ figure, frame, canvas, title, box }, data, [height, width, channels]) {
    const index = this.tiles.findIndex((tile) => tile.figure === figure);
    title.textContent = this.header.titles[index];
    title.classList.toggle("hidden", !title.textContent);
    frame.setAttribute("aria-label", this.header.alternatives[index]);
    frame.setAttribute("role", this.header.choosable ? "radio" : "img");
    frame.classList.toggle("choosable", this.header.choosable);
    canvas.classList.toggle("smooth", !this.header.coarse);
    const edges = this.header.boxes?.[index];
    box.classList.toggle("hidden", !edges);
    ["top", "left", "height", "width"].forEach((edge, place) => edges && (box.style[edge] = `${100 * edges[place]}%`));
    canvas.style.aspectRatio = `${width} / ${height}`;
    const last = channels - 1;
    paint(canvas, height, width, (pixel) => {
      const at = pixel * channels;
      return (255 << 24) | (data[at + last] << 16) | (data[at + (last >> 1)] << 8) | data[at];
    });
  }

  // One tile is in the tab order: the chosen one, or the first.
  mark() {
    if (!this.header.choosable) return;
    this.tiles.forEach(({ frame }, index) => {
      frame.setAttribute("aria-checked", String(index === this.chosen));
      frame.tabIndex = index === Math.max(this.chosen, 0) ? 0 : -1;
    });
  }

  choose(index) {
    if (!this.header.choosable) return;
    this.chosen = index;
    this.mark();
    this.echoes.sent(index);
    answer(this.component, "chosen", index);
  }

  key(event) {
    const current = this.tiles.findIndex(({ frame }) => frame === event.target.closest(".frame"));
    if (current < 0 || !this.header.choosable) return;
    const count = this.tiles.length;
    const row = Math.min(this.tiles.filter(({ figure }) => figure.offsetTop === this.tiles[0].figure.offsetTop).length, count);
    const goals = { ArrowRight: current + 1, ArrowLeft: current - 1, ArrowDown: current + row, ArrowUp: current - row, Home: 0, End: count - 1, Enter: current, " ": current };
    if (!(event.key in goals)) return;
    event.preventDefault();
    const goal = goals[event.key];
    if (goal < 0 || goal >= count) return;
    this.tiles[goal].frame.focus({ preventScroll: true });
    this.choose(goal);
  }
}
