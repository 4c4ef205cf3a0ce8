// Input and pooled map side by side, and how the values of one window became one number.

const version = new URL(import.meta.url).search;
const { decode, element, mount, phrase, style } = await import("./payload.js" + version);
const { format, mode, scale } = await import("./colours.js" + version);
const { Panel } = await import("./panel.js" + version);
const { Summary } = await import("./summary.js" + version);
const { Walk } = await import("./walk.js" + version);

const MOST_CELLS = 64;
const GAP_CELL = 4;

export default function (component) {
  mount(component, (root) => new Pooling(root));
}

class Pooling extends Walk {
  constructor(root) {
    super(root);
    this.filler = null;
    this.pooled = new Panel("pooled", { focusable: true });
    this.summary = new Summary();
    this.panels = element("div", { class: "panels pair" }, this.input.figure, this.pooled.figure);
    root.append(element("div", { class: "microscope" }, this.panels, this.player(), this.status, this.summary.body));
    style(root, "pooling.css");
    this.hear([this.pooled]);
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    Object.assign(this, { mode: mode(this.root), map: arrays.pooled, won: arrays.won });
    this.ground(header, arrays.input);
    this.stand(header.point, this.map ? this.map.shape : [0, 0]);
    this.ready = false;
    this.name();
    this.showInput();
    this.showPooled();
    this.ready = true;
    this.mark();
  }

  name() {
    const { words, showShapes, title } = this.header;
    this.namePlayer(words, [[this.input, title], [this.pooled, words.pooled_map]]);
    this.input.shape.textContent = this.image.shape.join(" × ");
    this.pooled.shape.textContent = showShapes ? [this.outHeight, this.outWidth, this.channels].join(" × ") : "? × ?";
    this.input.note.textContent = this.won ? words.won_note : "";
  }

  spans() {
    return this.header.window;
  }

  // Where only winners are shown, what lost has the colour of the page, channel by channel.
  pixelColour() {
    const full = super.pixelColour();
    if (!this.won) return full;
    const page = this.mode === "dark" ? 0x1c : 0xff;
    const { data } = this.won;
    return (row, column) => {
      const at = (row * this.width + column) * this.channels;
      const colour = full(row, column);
      if (this.channels === 1) return data[at] ? colour : (255 << 24) | (page << 16) | (page << 8) | page;
      const part = (channel) => (data[at + channel] ? (colour >> (8 * channel)) & 255 : page) << (8 * channel);
      return (255 << 24) | part(2) | part(1) | part(0);
    };
  }

  // Signed maps keep one scale, in the middle of which is zero, before and after pooling.
  valueColour() {
    const { limits, input } = this.header;
    if (input.pixels) return super.valueColour();
    const reach = Math.max(Math.abs(limits[0]), Math.abs(limits[1])) || 1;
    return limits[0] < 0 ? scale(this.stops("maps"), -reach, reach) : scale(this.stops("positive"), 0, limits[1] || 1);
  }

  output(row, column, channel) {
    return this.map.data[(row * this.outWidth + column) * this.channels + channel] * this.header.pooledStep;
  }

  showPooled() {
    const has = Boolean(this.map);
    this.pooled.figure.classList.toggle("hidden", !has);
    this.summary.body.classList.toggle("hidden", !has);
    this.enable(has && this.outHeight * this.outWidth > 1);
    this.drawLegend();
    if (!has) return;
    const single = this.valueColour();
    const colourAt = this.channels === 1 ? (row, column) => single(this.output(row, column, 0)) : (row, column) => {
      const level = (channel) => Math.round(255 * Math.max(0, Math.min(1, this.output(row, column, channel))));
      return (255 << 24) | (level(2) << 16) | (level(1) << 8) | level(0);
    };
    this.pooled.show(this.outHeight, this.outWidth, colourAt, (row, column) => (this.channels === 1 ? this.output(row, column, 0) : null));
  }

  drawLegend() {
    const { limits, input } = this.header;
    this.input.bar.classList.toggle("hidden", input.pixels);
    if (input.pixels) return;
    const reach = Math.max(Math.abs(limits[0]), Math.abs(limits[1])) || 1;
    if (limits[0] < 0) this.input.legend(this.stops("maps"), -reach, reach);
    else this.input.legend(this.stops("positive"), 0, limits[1] || 1);
  }

  mark() {
    if (!this.ready) return;
    const marks = { input: this.input.clear(), pooled: this.pooled.clear() };
    this.markBorders(marks.input);
    if (!this.map) return this.markOverhang(marks.input);
    this.markGaps(marks.input);
    if (this.pixel) this.markUses(marks);
    else this.markWindow(marks);
  }

  // A stride larger than the window leaves pixels between the windows that nobody looks at.
  markGaps(context) {
    const { stride, window } = this.header;
    const gap = stride - window[0];
    if (gap <= 0 || this.input.cell < GAP_CELL) return;
    const [top, bottom, left, right] = this.header.padding;
    const [rows, columns] = [this.height + top + bottom, this.width + left + right];
    for (let row = 0; row < this.outHeight - 1; row++) this.input.hatch(context, row * stride + window[0], 0, gap, columns, this.roles.unvisited);
    for (let column = 0; column < this.outWidth - 1; column++) this.input.hatch(context, 0, column * stride + window[1], rows, gap, this.roles.unvisited);
  }

  // The window's cells in reading order; padded ones have no value.
  cells(row, column, channel) {
    const { stride, window, padding } = this.header;
    return Array.from({ length: window[0] * window[1] }, (_, index) => {
      const [y, x] = [row * stride + Math.floor(index / window[1]) - padding[0], column * stride + (index % window[1]) - padding[2]];
      return this.inside(y, x) ? { row: y, column: x, value: this.value(y, x, channel) } : { padded: true };
    });
  }

  // The first of the largest (or smallest) in reading order, as the pooling itself has it.
  winner(cells) {
    const sign = { max: 1, min: -1 }[this.header.kind];
    if (!sign) return null;
    return cells.reduce((best, cell) => (cell.padded || (best && sign * cell.value <= sign * best.value) ? best : cell), null);
  }

  // What a window holds; of a large one (all of the map) only how many values, and the winner.
  content(row, column, channel) {
    const { window } = this.header;
    if (window[0] * window[1] <= MOST_CELLS) {
      const cells = this.cells(row, column, channel);
      return { cells, count: cells.filter(({ padded }) => !padded).length, winner: this.winner(cells) };
    }
    const count = this.height * this.width;
    if (this.header.kind === "average") return { cells: [], count, winner: null };
    let best = 0;
    const { data } = this.image;
    for (let at = 1; at < count; at++) if (data[at * this.channels + channel] > data[best * this.channels + channel]) best = at;
    const place = { row: Math.floor(best / this.width), column: best % this.width };
    return { cells: [], count, winner: { ...place, value: this.value(place.row, place.column, channel) } };
  }

  markWindow(marks) {
    const [row, column] = this.point;
    const { stride, padding, window, names } = this.header;
    this.input.outline(marks.input, row * stride, column * stride, ...window, this.roles.kernel);
    this.input.look(row * stride, column * stride, ...window, this.roles.kernel);
    const lines = names.map((name, channel) => ({ name, ...this.content(row, column, channel), result: this.output(row, column, channel) }));
    const tints = lines.length > 1 ? ["#ff3b30", "#22b14c", "#3b82f6"] : [this.roles.pooled_map];
    lines.forEach(({ winner }, channel) => winner && this.input.outline(marks.input, winner.row + padding[0], winner.column + padding[2], 1, 1, tints[channel], 2));
    if (this.playing || this.swept) this.veil(this.pooled, marks.pooled);
    this.pooled.outline(marks.pooled, row, column, 1, 1, this.roles.pooled_map);
    this.pooled.look(row, column, 1, 1, this.roles.pooled_map);
    this.tell(lines, tints);
  }

  tell(lines, tints) {
    const { kind, window, words, input } = this.header;
    const single = this.valueColour();
    this.status.textContent = `${words.pooled_map} [${this.point.join(", ")}] = ${lines.map(({ result }) => format(result)).join(", ")}`;
    this.summary.show({
      lines, kind, columns: window[1], words, tints, padding: this.roles.padding, written: window[0] * window[1] <= MOST_CELLS,
      colour: (value, channel) => (lines.length > 1 && input.pixels ? this.tint(value, channel) : single(value)),
    });
  }

  // In which windows a pixel of the input lies, and which of them it wins.
  markUses(marks) {
    const { padding, stride, window, words, names } = this.header;
    const [row, column] = [this.pixel[0] + padding[0], this.pixel[1] + padding[2]];
    const reached = (at, size, count) => Array.from({ length: count }, (_, index) => index).filter((index) => index * stride <= at && at < index * stride + size);
    const [rows, columns] = [reached(row, window[0], this.outHeight), reached(column, window[1], this.outWidth)];
    this.input.outline(marks.input, row, column, 1, 1, this.roles.kernel);
    this.input.look(row, column, 1, 1, this.roles.kernel);
    let wins = 0;
    for (const i of rows) {
      for (const j of columns) {
        const won = names.some((_, channel) => {
          const winner = this.header.window[0] * this.header.window[1] <= MOST_CELLS && this.winner(this.cells(i, j, channel));
          return winner && winner.row === this.pixel[0] && winner.column === this.pixel[1];
        });
        wins += won;
        this.pooled.outline(marks.pooled, i, j, 1, 1, won ? this.roles.pooled_map : this.roles.kernel, won ? 3 : 1.5);
      }
    }
    const outside = !this.inside(...this.pixel);
    const sentence = outside ? words.padded_pixel : this.header.kind === "average" ? words.counted : words.used;
    this.status.textContent = phrase(sentence, { row: this.pixel[0], column: this.pixel[1], windows: rows.length * columns.length, wins });
  }
}
