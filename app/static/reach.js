// What one number sees of the picture: the box of its receptive field, and how strongly each pixel in it counts.

const version = new URL(import.meta.url).search;
const { decode, element, mount, phrase, style } = await import("./payload.js" + version);
const { format, grey, mode, parse } = await import("./colours.js" + version);
const { Panel } = await import("./panel.js" + version);
const { Cursor, cross } = await import("./cursor.js" + version);
const { plane, scaled } = await import("./step_rows.js" + version);

export default function (component) {
  mount(component, (root) => new Reach(root));
}

class Reach {
  constructor(root) {
    this.root = root;
    this.cursor = new Cursor(() => this.mark(), () => {});
    this.picture = new Panel("reach-picture", { focusable: true });
    this.used = new Panel("reach-used", { focusable: true });
    for (const panel of [this.picture, this.used]) this.cursor.listen(panel, ([row, column]) => [row - this.margin[0], column - this.margin[2]]);
    this.readout = element("p", { class: "note", "aria-live": "polite" });
    style(root, "step.css", "passage.css").then(() => root.append(element("div", { class: "step reach" }, element("div", { class: "passage-panels" }, this.picture.figure, this.used.figure), this.readout)));
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    this.ready = false;
    const changed = JSON.stringify(header.box) !== JSON.stringify(this.header?.box);
    Object.assign(this, { header, arrays, mode: mode(this.root) });
    const [height, width] = arrays.picture.shape;
    const [[top, bottom], [left, right]] = header.box;
    this.margin = [-top, bottom + 1 - height, -left, right + 1 - width].map((size) => Math.max(0, size));
    this.cursor.stand(header.strongest, [height, width], changed);
    this.paint(height, width);
    this.ready = true;
    this.mark();
  }

  // Beyond the picture lies padding, as far as the unit sees it.
  paint(height, width) {
    const { words, colours, step } = this.header;
    const { data, shape: [, , channels] } = this.arrays.picture;
    const [top, bottom, left, right] = this.margin;
    const scales = Object.fromEntries(Object.entries(colours.scales).map(([name, modes]) => [name, modes[this.mode]]));
    const [r, g, b] = parse(colours.roles.padding[this.mode]);
    const paper = this.mode === "dark" ? 18 : 255;
    const soft = (part) => Math.round(paper + (part - paper) * 0.18);
    const padding = ((255 << 24) | (soft(b) << 16) | (soft(g) << 8) | soft(r)) >>> 0;
    const byte = (value) => Math.max(0, Math.min(255, Math.round(255 * value * step)));
    const pixel = (at) => (channels === 1 ? grey(byte(data[at])) : ((255 << 24) | (byte(data[at + 2]) << 16) | (byte(data[at + 1]) << 8) | byte(data[at])) >>> 0);
    const heat = plane(this.arrays.footprint);
    const { colour, legend } = scaled(scales, [0, 1]);
    const within = (row, column) => row >= 0 && column >= 0 && row < height && column < width;
    const show = (panel, inside) => panel.show(height + top + bottom, width + left + right, (row, column) => (within(row - top, column - left) ? inside(row - top, column - left) : padding), null);
    show(this.picture, (row, column) => pixel((row * width + column) * channels));
    show(this.used, (row, column) => colour(heat.at(row, column)));
    this.used.legend(...legend);
    [this.picture.title.textContent, this.used.title.textContent] = [words.field, words.used];
    [this.picture.shape.textContent, this.used.shape.textContent] = [`${height} × ${width}`, words.scale];
    this.picture.frame.setAttribute("aria-label", `${words.field}. ${this.header.sees} ${words.keys}`);
    this.used.frame.setAttribute("aria-label", `${words.used}. ${this.header.uses} ${words.keys}`);
  }

  mark() {
    if (!this.ready) return;
    const [[top, bottom], [left, right]] = this.header.box;
    const colour = this.header.colours.roles.kernel[this.mode];
    const [up, , side] = this.margin;
    const [row, column] = this.cursor.point;
    for (const panel of [this.picture, this.used]) {
      if (!panel.cell) continue;
      const context = panel.clear();
      if (panel === this.picture) this.dim(panel, context, [top + up, left + side, bottom - top + 1, right - left + 1]);
      panel.outline(context, top + up, left + side, bottom - top + 1, right - left + 1, colour, 3);
      cross(panel, context, row + up, column + side, colour);
    }
    this.readout.textContent = phrase(this.header.words.pixel, { row, column, value: format(plane(this.arrays.footprint).at(row, column), 2) });
  }

  dim(panel, context, [row, column, rows, columns]) {
    context.save();
    context.fillStyle = "rgba(10, 14, 22, 0.45)";
    context.fillRect(0, 0, 1e5, 1e5);
    context.clearRect(column * panel.cell, row * panel.cellHeight, columns * panel.cell, rows * panel.cellHeight);
    context.restore();
  }
}
