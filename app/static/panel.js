// One picture with cells: painted once at its own resolution; numbers and marks lie over it at the screen's resolution.

const version = new URL(import.meta.url).search;
const { element } = await import("./payload.js" + version);
const { css, format, ink, paint } = await import("./colours.js" + version);

const NUMBER_SIDE = 26;
const LOUPE_BELOW = 9;
const LOUPE_CELLS = 11;

export class Panel {
  constructor(name, { focusable = false } = {}) {
    this.base = element("canvas");
    this.ink = element("canvas", { class: "over" });
    this.marks = element("canvas", { class: "over" });
    this.frame = element("div", { class: "frame", tabindex: focusable ? "0" : undefined, role: focusable ? "application" : "img" }, this.base, this.ink, this.marks);
    this.title = element("strong");
    this.shape = element("span", { class: "shape" });
    this.loupe = element("canvas", { class: "loupe", "aria-hidden": "true" });
    this.note = element("div", { class: "note" });
    this.bar = element("div", { class: "legend hidden" });
    this.figure = element("figure", { class: `panel ${name}` }, element("figcaption", {}, this.title, this.shape), this.frame, this.bar, this.note, this.loupe);
    this.onresize = () => {};
    new ResizeObserver(() => this.layout()).observe(this.frame);
  }

  // `colourAt(row, column)` gives a 32-bit colour; `numberAt` a number or null, shown where cells are large enough.
  show(height, width, colourAt, numberAt) {
    const same = height === this.height && width === this.width;
    Object.assign(this, { height, width, colourAt, numberAt });
    paint(this.base, height, width, (index) => colourAt(Math.floor(index / width), index % width));
    // Asking the browser for sizes makes it lay the page out at once: only where something may have moved.
    if (same && this.cell) return this.writeNumbers();
    this.frame.style.aspectRatio = `${width} / ${height}`;
    this.frame.style.maxWidth = `${Math.max(16 * (width / height), 3)}rem`;
    this.layout();
  }

  // The scale that the colours follow, with its numbers.
  legend(stops, low, high) {
    const strip = element("div", { class: "strip" });
    strip.style.background = `linear-gradient(to right, ${stops.join()})`;
    const marks = [low, (low + high) / 2, high].map((value) => element("span", {}, format(value, 3)));
    this.bar.replaceChildren(strip, element("div", { class: "marks" }, ...marks));
    this.bar.classList.remove("hidden");
  }

  layout() {
    const box = this.frame.getBoundingClientRect();
    if (!box.width || !this.height) return;
    this.cell = box.width / this.width;
    this.cellHeight = box.height / this.height;
    this.loupe.classList.toggle("hidden", this.cell >= LOUPE_BELOW);
    this.loupeSide = this.loupe.clientWidth || this.loupeSide || 112;
    for (const canvas of [this.ink, this.marks]) {
      const ratio = window.devicePixelRatio || 1;
      canvas.width = Math.round(box.width * ratio);
      canvas.height = Math.round(box.height * ratio);
      canvas.getContext("2d").setTransform(ratio, 0, 0, ratio, 0, 0);
    }
    this.writeNumbers();
    this.onresize();
  }

  writeNumbers() {
    const context = this.ink.getContext("2d");
    context.clearRect(0, 0, this.ink.width, this.ink.height);
    if (this.cell < NUMBER_SIDE || !this.numberAt) return;
    context.textAlign = "center";
    context.textBaseline = "middle";
    for (let row = 0; row < this.height; row++) {
      for (let column = 0; column < this.width; column++) {
        const number = this.numberAt(row, column);
        if (number === null) continue;
        const text = format(number, 3);
        context.font = `${Math.min(this.cell / (0.58 * Math.max(text.length, 3)), this.cell * 0.4, 15)}px sans-serif`;
        context.fillStyle = ink(this.colourAt(row, column));
        context.fillText(text, (column + 0.5) * this.cell, (row + 0.5) * this.cellHeight);
      }
    }
  }

  clear() {
    const context = this.marks.getContext("2d");
    context.clearRect(0, 0, this.marks.width, this.marks.height);
    return context;
  }

  outline(context, row, column, rows, columns, colour, line = 3) {
    const box = [column * this.cell, row * this.cellHeight, columns * this.cell, rows * this.cellHeight];
    const thick = Math.max(1.5, Math.min(line, this.cell / 2));
    context.lineWidth = thick + 2;
    context.strokeStyle = "rgba(255,255,255,0.85)";
    context.strokeRect(...box);
    context.lineWidth = thick;
    context.strokeStyle = colour;
    context.strokeRect(...box);
  }

  fill(context, row, column, rows, columns, colour) {
    context.fillStyle = colour;
    context.fillRect(column * this.cell, row * this.cellHeight, columns * this.cell, rows * this.cellHeight);
  }

  hatch(context, row, column, rows, columns, colour) {
    if (rows <= 0 || columns <= 0) return;
    const [x, y, w, h] = [column * this.cell, row * this.cellHeight, columns * this.cell, rows * this.cellHeight];
    context.save();
    context.beginPath();
    context.rect(x, y, w, h);
    context.clip();
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    for (let at = -h; at < w; at += 6) {
      context.beginPath();
      context.moveTo(x + at, y + h);
      context.lineTo(x + at + h, y);
      context.stroke();
    }
    context.restore();
  }

  // The cells around a place, large: a big picture stays readable without being blurred.
  look(row, column, rows, columns, colour) {
    if (this.cell >= LOUPE_BELOW) return;
    const cells = Math.max(LOUPE_CELLS, Math.max(rows, columns) + 4);
    const side = this.loupeSide;
    const ratio = window.devicePixelRatio || 1;
    this.loupe.width = this.loupe.height = Math.round(side * ratio);
    const context = this.loupe.getContext("2d");
    const size = this.loupe.width / cells;
    const top = Math.round(row + rows / 2 - cells / 2);
    const left = Math.round(column + columns / 2 - cells / 2);
    context.imageSmoothingEnabled = false;
    context.drawImage(this.base, left, top, cells, cells, 0, 0, this.loupe.width, this.loupe.height);
    context.lineWidth = 4 * ratio;
    context.strokeStyle = "rgba(255,255,255,0.85)";
    context.strokeRect((column - left) * size, (row - top) * size, columns * size, rows * size);
    context.lineWidth = 2 * ratio;
    context.strokeStyle = colour;
    context.strokeRect((column - left) * size, (row - top) * size, columns * size, rows * size);
  }

  cellAt(event) {
    const box = this.frame.getBoundingClientRect();
    const row = Math.floor(((event.clientY - box.top) / box.height) * this.height);
    const column = Math.floor(((event.clientX - box.left) / box.width) * this.width);
    return [Math.max(0, Math.min(this.height - 1, row)), Math.max(0, Math.min(this.width - 1, column))];
  }
}

export function swatch(colour) {
  return { background: css(colour), color: ink(colour) };
}
