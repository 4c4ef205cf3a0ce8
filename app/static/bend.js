// The curve of an activation function with one number on it: from x up to f(x).

const version = new URL(import.meta.url).search;
const { element } = await import("./payload.js" + version);
const { format } = await import("./colours.js" + version);

const WIDTH = 180;
const HEIGHT = 130;
const PAD = 14;

function svg(tag, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

export class Bend {
  constructor() {
    this.svg = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img" });
    this.title = element("strong");
    this.figure = element("figure", { class: "bend" }, element("figcaption", {}, this.title), this.svg);
    this.axes = [svg("line", { class: "axis" }), svg("line", { class: "axis" })];
    this.line = svg("polyline", { class: "curve", fill: "none" });
    this.guide = svg("polyline", { class: "guide", fill: "none" });
    this.dot = svg("circle", { r: 5, class: "dot" });
    this.svg.append(...this.axes, this.line, this.guide, this.dot);
  }

  // `points` are x and f(x) in turn.
  draw(points, name, colour) {
    const xs = points.filter((_, at) => at % 2 === 0);
    const ys = points.filter((_, at) => at % 2 === 1);
    const low = Math.min(...ys, 0);
    const high = Math.max(...ys, 0);
    this.x = (value) => PAD + ((value - xs[0]) / (xs.at(-1) - xs[0])) * (WIDTH - 2 * PAD);
    this.y = (value) => HEIGHT - PAD - ((value - low) / (high - low || 1)) * (HEIGHT - 2 * PAD);
    this.title.textContent = name;
    this.name = name;
    const [zero, ground] = [this.x(0), this.y(0)];
    Object.entries({ x1: PAD, x2: WIDTH - PAD, y1: ground, y2: ground }).forEach(([key, value]) => this.axes[0].setAttribute(key, value));
    Object.entries({ x1: zero, x2: zero, y1: PAD, y2: HEIGHT - PAD }).forEach(([key, value]) => this.axes[1].setAttribute(key, value));
    this.line.setAttribute("points", Array.from(xs, (x, at) => `${this.x(x).toFixed(1)},${this.y(ys[at]).toFixed(1)}`).join(" "));
    this.figure.style.setProperty("--tint", colour);
  }

  point(x, y) {
    const [left, top] = [this.x(x), this.y(y)];
    this.dot.setAttribute("cx", left);
    this.dot.setAttribute("cy", top);
    this.guide.setAttribute("points", `${left},${this.y(0)} ${left},${top} ${this.x(0)},${top}`);
    this.svg.setAttribute("aria-label", `${this.name}(${format(x, 3)}) = ${format(y, 3)}`);
  }
}
