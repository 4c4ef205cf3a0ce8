// The receptive field of a unit, on the picture.

const version = new URL(import.meta.url).search;
const { answer, decode, element, mount, phrase, style } = await import("./payload.js" + version);
const { mode, parse } = await import("./colours.js" + version);
const { Panel } = await import("./panel.js" + version);

const PAUSE = 300;

export default function (component) {
  mount(component, (root) => new Sight(root));
}

class Sight {
  constructor(root) {
    this.root = root;
    this.picture = new Panel("sight-picture");
    this.units = new Panel("sight-units", { focusable: true });
    this.status = element("p", { class: "status", "aria-live": "polite" });
    this.note = element("p", { class: "note" });
    this.picture.onresize = this.units.onresize = () => this.mark();
    const frame = this.units.frame;
    const point = (event) => this.go(...this.units.cellAt(event));
    frame.addEventListener("pointerdown", (event) => point(event));
    frame.addEventListener("pointermove", (event) => (event.pointerType === "mouse" || event.buttons) && point(event));
    frame.addEventListener("keydown", (event) => this.key(event));
    style(root, "sight.css").then(() => root.append(element("div", { class: "sight" }, element("div", { class: "sight-panels" }, this.picture.figure, this.units.figure), this.status, this.note)));
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    Object.assign(this, { header, down: arrays.down, right: arrays.right, image: arrays.image });
    const told = header.unit.join();
    if (told !== this.told) this.unit = [...header.unit];
    this.told = told;
    const [rows, columns] = [this.down.shape[0], this.right.shape[0]];
    this.unit = [Math.min(this.unit[0], rows - 1), Math.min(this.unit[1], columns - 1)];
    this.paint(rows, columns);
    this.mark();
  }

  paint(rows, columns) {
    const { words, step, colours } = this.header;
    const { data, shape: [height, width, channels] } = this.image;
    this.margin = [-low(this.down), high(this.down) - height, -low(this.right), high(this.right) - width].map((size) => Math.max(0, size));
    const [top, bottom, left, right] = this.margin;
    const theme = mode(this.root);
    const [r, g, b] = parse(colours.roles.padding[theme]);
    const paper = theme === "dark" ? 18 : 255;
    const mixed = (part) => Math.round(paper + (part - paper) * 0.16);
    const padding = pack(mixed(r), mixed(g), mixed(b));
    const last = channels - 1;
    const byte = (value) => Math.max(0, Math.min(255, Math.round(value * step * 255)));
    this.picture.title.textContent = words.picture;
    this.picture.shape.textContent = `${height} × ${width}`;
    this.picture.show(height + top + bottom, width + left + right, (row, column) => {
      const [y, x] = [row - top, column - left];
      if (y < 0 || x < 0 || y >= height || x >= width) return padding;
      const at = (y * width + x) * channels;
      return pack(byte(data[at]), byte(data[at + (last >> 1)]), byte(data[at + last]));
    });
    const [ur, ug, ub] = parse(colours.roles.feature_map[theme]).map((part) => Math.round(paper + (part - paper) * 0.3));
    const [er, eg, eb] = parse(colours.roles.feature_map[theme]).map((part) => Math.round(paper + (part - paper) * 0.22));
    this.units.title.textContent = words.units;
    this.units.shape.textContent = `${rows} × ${columns}`;
    this.units.show(rows, columns, (row, column) => ((row + column) % 2 ? pack(ur, ug, ub) : pack(er, eg, eb)));
    this.units.frame.setAttribute("aria-label", words.units);
    this.note.textContent = words.hint;
  }

  mark() {
    if (!this.header || !this.picture.cell || !this.units.cell) return;
    const [row, column] = this.unit;
    const colour = this.header.colours.roles.kernel[mode(this.root)];
    const [top, bottom] = this.down.data.slice(2 * row, 2 * row + 2);
    const [left, right] = this.right.data.slice(2 * column, 2 * column + 2);
    const context = this.picture.clear();
    const box = [top + this.margin[0], left + this.margin[2], bottom - top + 1, right - left + 1];
    context.save();
    context.fillStyle = "rgba(10, 14, 22, 0.38)";
    context.fillRect(0, 0, 1e5, 1e5);
    context.clearRect(box[1] * this.picture.cell, box[0] * this.picture.cellHeight, box[3] * this.picture.cell, box[2] * this.picture.cellHeight);
    context.restore();
    this.picture.outline(context, ...box, colour, 3);
    const units = this.units.clear();
    this.units.outline(units, row, column, 1, 1, colour, 3);
    this.status.textContent = phrase(this.header.words.status, { row, col: column, top, bottom, left, right, height: bottom - top + 1, width: right - left + 1 });
  }

  go(row, column) {
    if (row === this.unit[0] && column === this.unit[1]) return;
    this.unit = [row, column];
    this.mark();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.told = this.unit.join();
      answer(this.component, "unit", { row, col: column });
    }, PAUSE);
  }

  key(event) {
    const step = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    const far = event.shiftKey ? 10 : 1;
    const limits = [this.down.shape[0], this.right.shape[0]];
    this.go(...this.unit.map((at, axis) => Math.max(0, Math.min(limits[axis] - 1, at + step[axis] * far))));
  }
}

function low({ data }) {
  let least = 0;
  for (let at = 0; at < data.length; at += 2) least = Math.min(least, data[at]);
  return least;
}

function high({ data }) {
  let most = 0;
  for (let at = 1; at < data.length; at += 2) most = Math.max(most, data[at] + 1);
  return most;
}

function pack(r, g, b) {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}
