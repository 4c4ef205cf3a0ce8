// How kernels, the maps that they make and their scales are drawn; and what one epoch of a film holds.

const version = new URL(import.meta.url).search;
const { element } = await import("./payload.js" + version);
const { css, format, paint, scale, table } = await import("./colours.js" + version);

const STEPS = 127;

// So many columns that the slices of a kernel fill about a square.
export function columnsOf(slices, rows, columns) {
  return Math.max(1, Math.min(slices, Math.ceil(Math.sqrt((slices * rows) / columns) - 1e-9)));
}

// The slices of one kernel side by side, one number of room between them. Of three colours the fourth place shows all in one.
export function paintKernel(canvas, { values, slices, rows, columns }, reach, stops, colours = false) {
  const places = slices + (colours ? 1 : 0);
  const across = columnsOf(places, rows, columns);
  const room = slices > 1 && rows * columns > 1 ? 1 : 0;
  const width = across * (columns + room) - room;
  const height = Math.ceil(places / across) * (rows + room) - room;
  const colour = scale(stops, -reach, reach);
  paint(canvas, height, width, (index) => {
    const [down, right] = [Math.floor(index / width), index % width];
    const [row, column] = [down % (rows + room), right % (columns + room)];
    const slice = Math.floor(down / (rows + room)) * across + Math.floor(right / (columns + room));
    if (row >= rows || column >= columns || slice >= places) return 0;
    const at = row * columns + column;
    return slice < slices ? colour(values(slice * rows * columns + at)) : mixed([0, 1, 2].map((part) => values(part * rows * columns + at) / reach));
  });
  canvas.style.aspectRatio = `${width} / ${height}`;
}

// Three signed numbers as one colour: grey where all are zero.
function mixed(parts) {
  const [r, g, b] = parts.map((part) => Math.round(255 * Math.max(0, Math.min(1, 0.5 + part / 2))));
  return (255 << 24) | (b << 16) | (g << 8) | r;
}

export function bar(stops, reach, note) {
  const colours = table(stops);
  const strip = element("div", { class: "strip" });
  strip.style.background = `linear-gradient(to right, ${Array.from({ length: 17 }, (_, part) => css(colours[part * 16])).join()})`;
  const marks = reach === null ? ["−", "0", "+"] : [-reach, 0, reach].map((value) => format(value, 3));
  const numbers = element("div", { class: "marks" }, ...marks.map((mark) => element("span", {}, mark)));
  return element("div", { class: "kernel-scale" }, element("span", { class: "note" }, note), element("div", { class: "scale" }, strip, numbers));
}

// What was sent, by epoch and filter.
export class Film {
  constructor(header, arrays) {
    Object.assign(this, { header, arrays });
    [this.epochs, this.filters, this.slices, this.rows, this.columns] = arrays.kernels.shape;
    [, , this.mapRows, this.mapColumns] = arrays.maps.shape;
    this.size = this.slices * this.rows * this.columns;
    this.kernelReach = this.most(arrays.kernels.data) * header.step || 1;
    this.mapReach = this.most(arrays.reaches.data) || 1;
  }

  most(data) {
    let most = 0;
    for (const value of data) if (Math.abs(value) > most) most = Math.abs(value);
    return most;
  }

  kernel(epoch, filter) {
    const [start, { data }, { step }] = [(epoch * this.filters + filter) * this.size, this.arrays.kernels, this.header];
    return { values: (index) => data[start + index] * step, slices: this.slices, rows: this.rows, columns: this.columns };
  }

  // The kernel that is seen with all its slices.
  whole(epoch) {
    const { data, shape: [, slices, rows, columns] } = this.arrays.whole;
    const start = epoch * slices * rows * columns;
    return { values: (index) => data[start + index] * this.header.wholeStep, slices, rows, columns };
  }

  reachOf({ values, slices, rows, columns }) {
    let most = 0;
    for (let index = 0; index < slices * rows * columns; index++) most = Math.max(most, Math.abs(values(index)));
    return most;
  }

  map(epoch, filter) {
    const at = epoch * this.filters + filter;
    const [size, { data }] = [this.mapRows * this.mapColumns, this.arrays.maps];
    const step = this.arrays.reaches.data[at] / STEPS;
    return { values: (index) => data[at * size + index] * step, slices: 1, rows: this.mapRows, columns: this.mapColumns };
  }

  mapReachAt(epoch, filter) {
    return this.arrays.reaches.data[epoch * this.filters + filter];
  }
}
