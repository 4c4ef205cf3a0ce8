// The numbers of a grid, one plane for each channel. Rows and columns that are taken away are kept behind: they come back
// when the grid grows again.

const version = new URL(import.meta.url).search;
const { block, negated, read, show, write } = await import("./number_text.js" + version);

function cellOf(value) {
  const source = write(Math.fround(value));
  return { source, value, text: show(source) };
}

export class Cells {
  constructor({ data, shape: [rows, columns, slices] }, limit, largest) {
    Object.assign(this, { rows, columns, limit, largest });
    const cell = (slice) => (row, column) => cellOf(data[(row * columns + column) * slices + slice]);
    this.planes = Array.from({ length: slices }, (_, slice) => fill(rows, columns, cell(slice)));
    this.laidAside = [];
  }

  at(slice, row, column) {
    return this.planes[slice][row][column];
  }

  // What somebody typed: kept as it is, also where it is no number.
  type(slice, row, column, text) {
    const found = read(text);
    const good = found && Math.abs(found.value) <= this.largest;
    const last = this.at(slice, row, column);
    const { source, value } = good ? found : last;
    this.planes[slice][row][column] = { source, value, text, wrong: good ? "" : reason(text, found) };
    return good;
  }

  // How a good cell looks once it is left; a wrong one stays as it was typed.
  tidy(slice, row, column) {
    const cell = this.at(slice, row, column);
    if (!cell.wrong) cell.text = show(cell.source);
  }

  // Back to the last number that was one.
  restore(slice, row, column) {
    this.type(slice, row, column, this.at(slice, row, column).source);
    this.tidy(slice, row, column);
  }

  resize(rows, columns) {
    this.rows = Math.max(1, Math.min(this.limit, rows));
    this.columns = Math.max(1, Math.min(this.limit, columns));
    for (const plane of this.planes) {
      while (plane.length < this.rows) plane.push([]);
      for (const row of plane) while (row.length < this.columns) row.push(cellOf(0));
    }
  }

  // A quarter turn clockwise.
  rotate() {
    const { rows, columns } = this;
    this.planes = this.planes.map((plane) => fill(columns, rows, (row, column) => plane[rows - 1 - column][row]));
    [this.rows, this.columns] = [columns, rows];
  }

  flip() {
    for (const { cell } of this.visible()) {
      if (cell.wrong) continue;
      Object.assign(cell, { source: negated(cell.source), value: -cell.value || 0 });
      cell.text = show(cell.source);
    }
  }

  // One plane for all channels, or one for each: then those that were laid aside come back, if they still fit.
  split(slices, kept) {
    const plane = this.planes[Math.min(kept, this.planes.length - 1)];
    if (slices === 1) this.laidAside = this.planes;
    const fits = (other) => other?.length >= this.rows && other.every((row) => row.length >= this.columns);
    const copy = () => plane.map((row) => row.map((cell) => ({ ...cell })));
    this.planes = slices === 1 ? [plane] : Array.from({ length: slices }, (_, slice) => {
      const old = this.laidAside[slice];
      return old === plane || !fits(old) ? copy() : old;
    });
  }

  // Puts a pasted block down from a cell on and grows the grid; false when a part of it did not fit.
  paste(text, slice, row, column, channels) {
    const parts = block(text);
    if (parts.length > 1 && channels.includes(parts.length) && parts.length !== this.planes.length) this.split(parts.length, slice);
    const start = parts.length > 1 ? 0 : slice;
    const height = row + Math.max(...parts.map((part) => part.length));
    const width = column + Math.max(...parts.flat().map((words) => words.length));
    this.resize(Math.max(this.rows, height), Math.max(this.columns, width));
    for (const [part, rows] of parts.entries()) {
      for (const [down, words] of rows.entries()) {
        for (const [right, word] of words.entries()) this.put(start + part, row + down, column + right, word);
      }
    }
    return height <= this.limit && width <= this.limit && start + parts.length <= this.planes.length;
  }

  put(slice, row, column, word) {
    if (slice >= this.planes.length || row >= this.rows || column >= this.columns) return;
    this.type(slice, row, column, word);
    this.tidy(slice, row, column);
  }

  *visible() {
    for (const [slice, plane] of this.planes.entries()) {
      for (let row = 0; row < this.rows; row++) {
        for (let column = 0; column < this.columns; column++) yield { slice, row, column, cell: plane[row][column] };
      }
    }
  }

  wrong() {
    return [...this.visible()].find(({ cell }) => cell.wrong);
  }

  range() {
    let [low, high] = [0, 0];
    for (const { cell } of this.visible()) {
      if (cell.wrong) continue;
      low = Math.min(low, cell.value);
      high = Math.max(high, cell.value);
    }
    return [low, high];
  }

  // As models.images.numbers writes it.
  text() {
    const line = (row) => row.slice(0, this.columns).map((cell) => cell.source).join(" ");
    return this.planes.map((plane) => plane.slice(0, this.rows).map(line).join("; ")).join(" | ");
  }

  // The same for the same numbers, however they are written: 1/2 and 0.5.
  identity() {
    const values = [...this.visible()].map(({ cell }) => Math.fround(cell.value) || 0);
    return [this.rows, this.columns, this.planes.length, ...values].join(" ");
  }
}

function fill(rows, columns, cell) {
  return Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, column) => cell(row, column)));
}

function reason(text, found) {
  if (found) return "too_large";
  return text.trim() ? "unreadable" : "missing";
}
