// One plot in SVG: axes with round numbers, curves, bars, dots, rules and the movable point.

const version = new URL(import.meta.url).search;
const { format } = await import("./colours.js" + version);

const SPACE = "http://www.w3.org/2000/svg";
const MARGIN = { left: 46, right: 14, top: 20, bottom: 34 };

function shape(tag, attributes, text) {
  const node = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text !== undefined) node.textContent = text;
  return node;
}

// Round numbers between low and high, about `count` of them.
export function ticks(low, high, count) {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough);
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)));
}

export class Axes {
  constructor() {
    this.svg = shape("svg", { "aria-hidden": "true" });
  }

  start(width, height, plot, roles) {
    Object.assign(this, { width, height, plot, roles });
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.svg.setAttribute("height", height);
    this.svg.replaceChildren();
  }

  x(value) {
    const [low, high] = this.plot.x;
    return MARGIN.left + ((value - low) / (high - low)) * (this.width - MARGIN.left - MARGIN.right);
  }

  y(value) {
    const [low, high] = this.plot.y;
    return this.height - MARGIN.bottom - ((value - low) / (high - low)) * (this.height - MARGIN.top - MARGIN.bottom);
  }

  inside(value) {
    const [low, high] = this.plot.y;
    return Math.max(low - (high - low), Math.min(high + (high - low), value));
  }

  valueAt(event) {
    const box = this.svg.getBoundingClientRect();
    const [low, high] = this.plot.x;
    return low + ((event.clientX - box.left - MARGIN.left) / (box.width - MARGIN.left - MARGIN.right)) * (high - low);
  }

  add(tag, attributes, text) {
    this.svg.append(shape(tag, attributes, text));
  }

  frame() {
    const { x, y, xLabel, yLabel } = this.plot;
    const [left, right, top, bottom] = [this.x(x[0]), this.x(x[1]), this.y(y[1]), this.y(y[0])];
    for (const value of ticks(...x, Math.max(3, Math.min(8, Math.floor((right - left) / 55))))) {
      this.add("line", { x1: this.x(value), x2: this.x(value), y1: top, y2: bottom, class: value === 0 ? "axis" : "tick" });
      this.add("text", { x: this.x(value), y: bottom + 14, class: "number" }, format(value, 3));
    }
    for (const value of ticks(...y, Math.max(3, Math.floor((bottom - top) / 38)))) {
      this.add("line", { x1: left, x2: right, y1: this.y(value), y2: this.y(value), class: value === 0 ? "axis" : "tick" });
      this.add("text", { x: left - 6, y: this.y(value) + 4, class: "number left" }, plotNumber(value, this.plot.percent));
    }
    this.add("text", { x: right, y: this.height - 4, class: "name" }, xLabel);
    if (yLabel) this.add("text", { x: left - 6, y: 11, class: "name start" }, yLabel);
  }

  line(values, colour, dashed) {
    const [low, high] = this.plot.x;
    const points = Array.from(values, (value, index) => `${this.x(low + (index / (values.length - 1)) * (high - low)).toFixed(1)},${this.y(this.inside(value)).toFixed(1)}`);
    this.cut(shape("polyline", { points: points.join(" "), class: "curve", stroke: colour, ...(dashed ? { "stroke-dasharray": "6 5" } : {}) }));
  }

  // What would leave the axes is cut off.
  cut(node) {
    const [top, height] = [MARGIN.top - 3, this.height - MARGIN.top - MARGIN.bottom + 6];
    const pane = shape("svg", { x: 0, y: top, width: this.width, height, viewBox: `0 ${top} ${this.width} ${height}` });
    pane.append(node);
    this.svg.append(pane);
  }

  // Shares of all numbers, from `low` to `high` of the bars; one that is too high is cut and says how high it is.
  bars(shares, { low, high }, colour) {
    const top = this.plot.y[1];
    const scale = this.plot.barTop ? top / this.plot.barTop : 1;
    shares.forEach((share, index) => {
      if (!share) return;
      const [from, to] = [index, index + 1].map((part) => this.x(low + (part / shares.length) * (high - low)));
      const cut = share * scale > top;
      const height = this.y(this.plot.y[0]) - this.y(this.plot.y[0] + (cut ? top : share * scale) * ((top - this.plot.y[0]) / top));
      this.add("rect", { x: from + 0.5, width: Math.max(1, to - from - 1), y: this.y(this.plot.y[0]) - height, height, fill: colour, class: "bar" });
      if (cut) this.add("text", { x: (from + to) / 2, y: this.y(top) + 11, class: "cut" }, `${(100 * share).toFixed(0)} %`);
    });
  }

  rule({ x, y, label }, colour) {
    const across = y !== null;
    const [x1, x2] = across ? this.plot.x.map((value) => this.x(value)) : [this.x(x), this.x(x)];
    const [y1, y2] = across ? [this.y(y), this.y(y)] : this.plot.y.map((value) => this.y(value));
    this.add("line", { x1, x2, y1, y2, stroke: colour, class: "rule" });
    if (label) this.add("text", { x: across ? x2 - 4 : x1 + 5, y: across ? y1 - 5 : y2 + 12, class: across ? "label end" : "label", fill: colour }, label);
  }

  dot({ x, y, label, strong }, colour) {
    this.add("circle", { cx: this.x(x), cy: this.y(y), r: strong ? 7 : 4.5, fill: colour, class: "dot" });
    if (!label) return;
    const right = this.x(x) > this.width * 0.7;
    this.add("text", { x: this.x(x) + (right ? -10 : 10), y: this.y(y) - 7, class: right ? "label end" : "label", "font-weight": strong ? 700 : 500 }, label);
  }

  guide(at) {
    this.add("line", { x1: this.x(at), x2: this.x(at), y1: this.y(this.plot.y[0]), y2: this.y(this.plot.y[1]), class: "guide" });
  }

  // The straight line that touches the curve in the point: its slope is the derivative.
  tangent(at, height, slope, colour) {
    const [low, high] = this.plot.x;
    const reach = (high - low) / 6;
    const ends = { x1: this.x(at - reach), x2: this.x(at + reach), y1: this.y(height - reach * slope), y2: this.y(height + reach * slope) };
    this.cut(shape("line", { ...ends, stroke: colour, class: "tangent" }));
  }

  point(at, height, colour) {
    this.add("circle", { cx: this.x(at), cy: this.y(this.inside(height)), r: 15, class: "handle", fill: colour });
    this.add("circle", { cx: this.x(at), cy: this.y(this.inside(height)), r: 7, class: "dot", fill: colour });
  }
}

function plotNumber(value, percent) {
  return percent ? `${format(100 * value, 3)} %` : format(value, 3);
}
