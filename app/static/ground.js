// The picture under a window: its pixels or numbers, the padding around it, and what no window reaches.

const version = new URL(import.meta.url).search;
const { grey, scale } = await import("./colours.js" + version);
const { Panel } = await import("./panel.js" + version);

export class Ground {
  constructor(root) {
    this.root = root;
    this.filler = 0;
    this.input = new Panel("input", { focusable: true });
  }

  ground(header, image) {
    Object.assign(this, { header, image });
    [this.height, this.width, this.channels] = image.shape;
    this.roles = Object.fromEntries(Object.entries(header.colours.roles).map(([role, colours]) => [role, colours[this.mode]]));
  }

  value(row, column, channel) {
    return this.image.data[(row * this.width + column) * this.channels + channel] * this.header.input.step;
  }

  inside(row, column) {
    return row >= 0 && row < this.height && column >= 0 && column < this.width;
  }

  stops(name) {
    return this.header.colours.scales[name][this.mode];
  }

  valueColour() {
    const { low, high, pixels } = this.header.input;
    if (pixels) return (value) => grey(Math.round(255 * Math.max(0, Math.min(1, value))));
    const reach = Math.max(Math.abs(low), Math.abs(high)) || 1;
    return low < 0 ? scale(this.stops("maps"), -reach, reach) : scale(this.stops("positive"), 0, high || 1);
  }

  showInput() {
    const [top, bottom, left, right] = this.header.padding;
    const [overRows, overColumns] = this.header.overhang;
    const colour = this.pixelColour();
    const border = this.mode === "dark" ? grey(38) : grey(240);
    const colourAt = (row, column) => (this.inside(row - top, column - left) ? colour(row - top, column - left) : border);
    const numberAt = (row, column) => {
      if (!this.inside(row - top, column - left)) return row < this.height + top + bottom && column < this.width + left + right ? this.filler : null;
      return this.channels === 1 ? this.value(row - top, column - left, 0) : null;
    };
    this.input.show(this.height + top + bottom + overRows, this.width + left + right + overColumns, colourAt, numberAt);
  }

  // The colour of a place: brightnesses as they are, other numbers on their scale.
  pixelColour() {
    const single = this.valueColour();
    if (this.channels === 1 || !this.header.input.pixels) return (row, column) => single(this.value(row, column, 0));
    const [data, factor] = [this.image.data, 255 * this.header.input.step];
    return (row, column) => {
      const at = (row * this.width + column) * this.channels;
      return (255 << 24) | (Math.round(factor * data[at + 2]) << 16) | (Math.round(factor * data[at + 1]) << 8) | Math.round(factor * data[at]);
    };
  }

  // A channel's values in its own colour: red, green or blue light.
  tint(value, channel) {
    const level = Math.round(255 * Math.max(0, Math.min(1, value)));
    return (255 << 24) | (level << (8 * channel));
  }

  markBorders(context) {
    const [top, bottom, left, right] = this.header.padding;
    const [rows, columns] = [this.height + top + bottom, this.width + left + right];
    const { padding, unvisited } = this.roles;
    this.input.hatch(context, 0, 0, top, columns, padding);
    this.input.hatch(context, rows - bottom, 0, bottom, columns, padding);
    this.input.hatch(context, top, 0, this.height, left, padding);
    this.input.hatch(context, top, columns - right, this.height, right, padding);
    const [restRows, restColumns] = this.header.unvisited;
    this.input.hatch(context, rows - restRows, 0, restRows, columns, unvisited);
    this.input.hatch(context, 0, columns - restColumns, rows - restRows, restColumns, unvisited);
  }

  markOverhang(context) {
    const [top, bottom, left, right] = this.header.padding;
    const [overRows, overColumns] = this.header.overhang;
    const [rows, columns] = [this.height + top + bottom, this.width + left + right];
    this.input.hatch(context, rows, 0, overRows, columns + overColumns, this.roles.unvisited);
    this.input.hatch(context, 0, columns, rows, overColumns, this.roles.unvisited);
    const [spanRows, spanColumns] = this.spans();
    this.input.outline(context, 0, 0, spanRows, spanColumns, this.roles.kernel);
    this.status.textContent = "";
  }
}
