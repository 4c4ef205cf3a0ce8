// A drawing: one byte of ink for each pixel, 0 to 255, drawn with a round soft brush as handwritten digits are.

const SOFT = 1.2;
const STEPS = 60;

export class Ink {
  constructor(side) {
    this.side = side;
    this.pixels = new Uint8Array(side * side);
    this.before = [];
  }

  // A line between two points, in pixels from the upper left corner.
  line(from, to, radius, erase) {
    const reach = radius + SOFT;
    const limit = (value) => Math.max(0, Math.min(this.side - 1, Math.floor(value)));
    const [top, bottom] = [limit(Math.min(from.row, to.row) - reach), limit(Math.max(from.row, to.row) + reach)];
    const [left, right] = [limit(Math.min(from.column, to.column) - reach), limit(Math.max(from.column, to.column) + reach)];
    for (let row = top; row <= bottom; row++) {
      for (let column = left; column <= right; column++) {
        const away = distance({ row: row + 0.5, column: column + 0.5 }, from, to);
        const cover = Math.round(255 * Math.max(0, Math.min(1, (radius - away) / SOFT + 0.5)));
        const at = row * this.side + column;
        this.pixels[at] = erase ? Math.min(this.pixels[at], 255 - cover) : Math.max(this.pixels[at], cover);
      }
    }
  }

  // Call before each change that a person would call one step.
  remember() {
    this.before.push(this.pixels.slice());
    if (this.before.length > STEPS) this.before.shift();
  }

  undo() {
    this.pixels = this.before.pop() ?? this.pixels;
  }

  blank() {
    return this.pixels.every((ink) => ink === 0);
  }

  text() {
    let bytes = "";
    for (const ink of this.pixels) bytes += String.fromCharCode(ink);
    return btoa(bytes);
  }

  load(text) {
    this.pixels = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  }
}

function distance(point, from, to) {
  const [down, right] = [to.row - from.row, to.column - from.column];
  const length = down * down + right * right;
  const along = length ? ((point.row - from.row) * down + (point.column - from.column) * right) / length : 0;
  const share = Math.max(0, Math.min(1, along));
  return Math.hypot(point.row - from.row - share * down, point.column - from.column - share * right);
}
