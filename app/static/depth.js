// Shares over the depth of a network, one point for each kind of map of each layer; a block of layers can be chosen.

const version = new URL(import.meta.url).search;
const { answer, decode, Echoes, element, mount, style } = await import("./payload.js" + version);
const { format, mode } = await import("./colours.js" + version);

const SPACE = "http://www.w3.org/2000/svg";
const [LEFT, RIGHT, TOP, BOTTOM, HEIGHT] = [46, 8, 10, 26, 190];
const NAME = 72;
const DOTS = 90;
const TOPS = [0.1, 0.2, 0.5, 1];

export default function (component) {
  mount(component, (root) => new Depth(root));
}

function shape(tag, attributes, text) {
  const node = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text !== undefined) node.textContent = text;
  return node;
}

class Depth {
  constructor(root) {
    this.root = root;
    this.pointed = null;
    this.echoes = new Echoes();
    this.legend = element("div", { class: "depth-legend" });
    this.svg = shape("svg", { "aria-hidden": "true" });
    this.frame = element("div", { class: "depth", tabindex: "0", role: "slider", "aria-valuemin": "0" }, this.svg);
    this.readout = element("div", { class: "readout", "aria-live": "off" });
    const at = (event) => this.stageAt(event.clientX);
    this.frame.addEventListener("pointermove", (event) => this.point(at(event)));
    this.frame.addEventListener("pointerleave", () => this.point(null));
    this.frame.addEventListener("click", (event) => this.choose(this.header.stages[at(event)]?.block));
    this.frame.addEventListener("keydown", (event) => this.key(event));
    root.append(this.legend, this.frame, this.readout);
    style(root, "depth.css");
    new ResizeObserver(() => this.draw()).observe(this.frame);
  }

  update(bytes) {
    const { header } = decode(bytes);
    this.header = header;
    this.mode = mode(this.root);
    if (this.echoes.isNews(header.chosen) || this.chosen === undefined) this.chosen = header.chosen;
    this.frame.setAttribute("aria-label", header.label);
    this.frame.setAttribute("aria-valuemax", String(Math.max(header.blocks.length - 1, 0)));
    this.legend.replaceChildren(...header.series.map((series) =>
      element("span", {}, element("i", { class: series.dashed ? "dashed" : "", style: `--colour: ${this.colour(series)}` }), series.name)));
    this.draw();
  }

  colour(series) {
    return series.colour[this.mode];
  }

  x(at) {
    return LEFT + ((at + 0.5) / this.header.stages.length) * (this.width - LEFT - RIGHT);
  }

  y(share) {
    return HEIGHT - BOTTOM - (share / this.top) * (HEIGHT - TOP - BOTTOM);
  }

  stageAt(clientX) {
    const box = this.frame.getBoundingClientRect();
    const count = this.header.stages.length;
    const at = Math.floor(((clientX - box.left - LEFT) / (box.width - LEFT - RIGHT)) * count);
    return Math.max(0, Math.min(count - 1, at));
  }

  draw() {
    if (!this.header || !this.frame.clientWidth) return;
    this.width = this.frame.clientWidth;
    const highest = Math.max(0, ...this.header.series.flatMap((series) => series.values.filter((value) => value !== null)));
    this.top = TOPS.find((top) => top >= highest - 1e-9) ?? 1;
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${HEIGHT}`);
    this.svg.setAttribute("height", HEIGHT);
    this.bands = [];
    this.svg.replaceChildren(...this.blocks(), ...this.axis(), ...this.header.series.flatMap((series) => this.series(series)));
    this.describe();
  }

  // Each block of layers is a band; its name stands under it where there is room.
  blocks() {
    const { blocks, stages } = this.header;
    const nodes = [];
    let free = 0;
    blocks.forEach((title, block) => {
      const own = stages.flatMap((stage, at) => (stage.block === block ? [at] : []));
      const step = (this.width - LEFT - RIGHT) / stages.length;
      const [left, right] = [this.x(own[0]) - step / 2, this.x(own.at(-1)) + step / 2];
      const chosen = block === this.chosen;
      const band = shape("rect", { x: left, width: right - left, y: TOP, height: HEIGHT - TOP - BOTTOM, class: `band${block % 2 ? " odd" : ""}${chosen ? " chosen" : ""}` });
      this.bands.push(band);
      nodes.push(band);
      const wide = Math.max(right - left, NAME);
      const middle = Math.min(Math.max((left + right) / 2, LEFT + wide / 2 - 6), this.width - wide / 2);
      const fits = Math.floor(wide / 7);
      const text = title.length > fits ? title.slice(0, fits - 1) + "…" : title;
      own.forEach((at) => nodes.push(this.kind(at, step)));
      if (middle - wide / 2 < free) return;
      free = middle + wide / 2 - 2;
      nodes.push(shape("text", { x: middle, y: HEIGHT - 9, class: `middle ${chosen ? "chosen-name" : "faint"}` }, text));
    });
    return nodes;
  }

  // A short stroke on the axis: feature map, activation map, pooled map.
  kind(at, step) {
    const wide = Math.max(2, Math.min(step - 4, 26));
    const { role } = this.header.stages[at];
    return shape("rect", { x: this.x(at) - wide / 2, width: wide, y: HEIGHT - BOTTOM + 1, height: 4, rx: 1, fill: this.header.roles[role][this.mode] });
  }

  axis() {
    return [0, 0.5, 1].flatMap((part) => {
      const y = this.y(part * this.top);
      const line = shape("line", { x1: LEFT, x2: this.width - RIGHT, y1: y, y2: y, class: "grid-line" });
      return [line, shape("text", { x: LEFT - 7, y: y + 4, class: "end faint" }, `${format(100 * part * this.top, 3)} %`)];
    });
  }

  series(series) {
    const colour = this.colour(series);
    const nodes = [];
    const points = series.values.flatMap((value, at) => (value === null ? [] : [`${this.x(at).toFixed(1)},${this.y(value).toFixed(1)}`]));
    if (points.length > 1) nodes.push(shape("polyline", { points: points.join(" "), stroke: colour, class: series.dashed ? "dashed" : "" }));
    if (series.values.length <= DOTS) {
      series.values.forEach((value, at) => {
        if (value !== null) nodes.push(shape("circle", { cx: this.x(at), cy: this.y(value), r: 4, fill: colour }));
      });
    }
    return nodes;
  }

  point(at) {
    this.pointed = at;
    const block = at === null ? -1 : this.header.stages[at].block;
    this.bands.forEach((band, place) => band.classList.toggle("pointed", place === block));
    this.describe();
  }

  // What stands under the pointer, or all of the chosen block.
  describe() {
    const { stages, series, blocks } = this.header;
    const said = (at) => {
      const parts = series.map((one) => `${one.name}: ${one.values[at] === null ? "–" : `${format(100 * one.values[at], 3)} %`}`);
      return `${stages[at].title}: ${parts.join(", ")}`;
    };
    const places = stages.flatMap((stage, at) => (stage.block === this.chosen ? [at] : []));
    this.frame.setAttribute("aria-valuenow", String(this.chosen));
    this.frame.setAttribute("aria-valuetext", `${blocks[this.chosen] ?? ""}. ${places.map(said).join(". ")}`);
    this.readout.textContent = this.pointed === null ? this.header.hint : said(this.pointed);
  }

  choose(block) {
    if (!Number.isInteger(block) || block < 0 || block >= this.header.blocks.length) return;
    this.chosen = block;
    this.draw();
    this.echoes.sent(block);
    answer(this.component, "chosen", block);
  }

  key(event) {
    const last = this.header.blocks.length - 1;
    const goals = { ArrowLeft: this.chosen - 1, ArrowDown: this.chosen - 1, ArrowRight: this.chosen + 1, ArrowUp: this.chosen + 1, Home: 0, End: last };
    if (!(event.key in goals)) return;
    event.preventDefault();
    const goal = Math.max(0, Math.min(last, goals[event.key]));
    if (goal !== this.chosen) this.choose(goal);
  }
}
