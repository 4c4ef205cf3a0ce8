// Where everything on the map of a network stands: columns from left to right, their tiles, cells and bars, and the lanes of
// the lines that skip columns. Pure numbers, in CSS pixels.

const GAP = 5;
const SMALLEST = 40;
const SCROLLED = 48;
const LARGEST = 80;
const WIDEST = 2.4;
const GRID_FROM = 16;
const CELLS = [18, 15, 12, 10, 8, 7, 6, 5, 4, 3, 2.5, 2, 1.5, 1];
const STRIP = 84;
const ONE_STRIP = 30;
const PASSED = 24;
const HEAD = 78;
export const ROW = 26;
export const LINES = 64;
const LANE = 16;
const FOOT = 34;
const BUTTONS = 34;
export const SHOWN_CLASSES = 12;

// The space in front of a column, by what comes into it.
const SPACES = { all: 46, dense: 46, flat: 34, block: 40, same: 20 };
const NARROW = { all: 38, dense: 34, flat: 28, block: 32, same: 16 };

// The largest tiles with which everything is in sight at once; where that is too much, tiles of a size to be seen.
export function layout(header, room, height) {
  for (let tile = LARGEST; tile >= SMALLEST; tile -= 4) {
    const found = place(header, tile);
    if (found.width <= room && (found.height <= height || tile === SMALLEST)) return place(header, tile, Math.min(WIDEST, 1 + (room - found.width) / found.between));
  }
  return place(header, SCROLLED);
}

// `stretch` is how much wider than need be the space is in which lines run.
function place(header, tile, stretch = 1) {
  const { columns, groups } = header;
  const rows = Math.max(4, ...columns.map((column) => (column.row || gridded(column) ? 1 : column.maps.length + (column.composite ? 1 : 0))));
  const body = Math.max(rows, 6) * (tile + GAP);
  const depth = Math.max(0, ...groups.map((group) => group.depth + 1));
  const lanes = laneOf(columns);
  const spaces = tile > SMALLEST + 4 ? SPACES : NARROW;
  const top = depth * ROW + LINES + 8 + lanes.count * LANE + (lanes.count ? 6 : 0);
  const layout = { tile, body, top, depth, lanes: lanes.of, lane: (lane) => depth * ROW + LINES + 12 + lane * LANE, columns: [] };
  let x = 14;
  let between = 0;
  columns.forEach((column, at) => {
    const previous = columns[at - 1];
    const space = previous ? Math.max(...column.links.map((link) => spaces[link.sort]), 16) : 0;
    const wide = previous && twin(columns, at - 1) ? space : space * stretch;
    if (wide === space * stretch) between += space;
    x += wide;
    const made = shape(column, tile, body, top, header.classes);
    // Names need room, also above a narrow column; both columns of a layer share theirs.
    const together = previous && previous.layer === column.layer && !column.block && column.sort !== "picture";
    const short = together ? 0 : Math.max(0, (column.sort === "passed" ? PASSED : HEAD) - made.width - (twin(columns, at) ? made.width + spaces.same : 0));
    const pair = twin(columns, at);
    const span = (pair ? 2 * made.width + spaces.same : made.width) + short;
    layout.columns.push({ ...made, x: x + (pair ? 0 : short / 2), left: x, span, head: !together });
    x += made.width + (pair ? 0 : short);
  });
  layout.between = Math.max(between, 1);
  layout.width = x + 14;
  layout.height = top + body + FOOT + (columns.some((column) => column.openable) ? BUTTONS : 0);
  return layout;
}

// Whether the next column belongs to the same layer.
function twin(columns, at) {
  const next = columns[at + 1];
  return Boolean(next && next.layer === columns[at].layer && !next.block && columns[at].sort === "feature");
}

function gridded(column) {
  return column.maps.length > GRID_FROM;
}

function shape(column, tile, body, top, classes) {
  if (column.sort === "passed") return { width: PASSED, tiles: [] };
  if (column.sort === "answer") return answer(column, body, top, classes);
  if (column.row) return strip(column, body, top);
  const { maps, composite } = column;
  if (column.sort === "picture" && maps.length === 1) tile = Math.round(tile * 1.5);
  if (gridded(column)) return grid(column, body, top);
  const ratio = column.width / column.height;
  const [wide, tall] = ratio > 1 ? [tile, tile / ratio] : [tile * ratio, tile];
  const count = maps.length + (composite ? 1 : 0);
  const start = top + (body - count * (tile + GAP)) / 2;
  const tiles = maps.map((map, index) => ({ map, index, x: (tile - wide) / 2, y: start + (index + (composite ? 1 : 0)) * (tile + GAP) + (tile - tall) / 2, width: wide, height: tall }));
  const whole = composite ? { x: (tile - wide) / 2, y: start - 8 + (tile - tall) / 2, width: wide, height: tall } : null;
  return { width: tile, tiles, whole };
}

function grid(column, body, top) {
  const { maps, width, height } = column;
  const side = maps.length > 256 ? 20 : maps.length > 100 ? 28 : 36;
  const down = Math.max(1, Math.floor(body / (side + 3)));
  const across = Math.ceil(maps.length / down);
  const ratio = width / height;
  const [wide, tall] = ratio > 1 ? [side, side / ratio] : [side * ratio, side];
  const start = top + (body - Math.min(down, maps.length) * (side + 3)) / 2;
  const tiles = maps.map((map, index) => ({ map, index, x: Math.floor(index / down) * (side + 3) + (side - wide) / 2, y: start + (index % down) * (side + 3) + (side - tall) / 2, width: wide, height: tall }));
  return { width: across * (side + 3) - 3, tiles, grid: true };
}

// A row of numbers as a strip of cells from top to bottom, folded into as many strips as it needs.
function strip(column, body, top) {
  const count = column.cells;
  const single = Math.min(22, Math.floor(body / count));
  let cell = CELLS.find((side) => Math.ceil(count / Math.floor(body / side)) * side <= STRIP) ?? 1;
  let down = Math.floor(body / cell);
  if (single >= 9) [cell, down] = [single, count];
  down = Math.min(down, count);
  const across = Math.ceil(count / down);
  const wide = across === 1 ? Math.max(ONE_STRIP, cell) : cell;
  return { width: across * wide, tiles: [], cells: { down, across, wide, tall: cell, y: top + (body - down * cell) / 2 } };
}

function answer(column, body, top, classes) {
  const count = Math.min(column.total, SHOWN_CLASSES);
  const step = Math.min(34, body / count);
  const longest = Math.max(...column.order.map((number) => [...(classes[number] ?? "")].reduce((sum, sign) => sum + (sign > "\u2e80" ? 13 : 7.5), 0)));
  return { width: Math.max(104, Math.min(190, longest + 76)), tiles: [], bars: { count, step, y: top + (body - count * step) / 2 } };
}

// Lines that skip columns run in lanes above the maps; those that overlap have one each, unless they begin or end together.
function laneOf(columns) {
  const skips = columns.flatMap((column, to) => column.links.filter((link) => link.column < to - 1 && !passedBetween(columns, link.column, to)).map((link) => ({ from: link.column, to })));
  skips.sort((one, other) => one.to - one.from - (other.to - other.from));
  const taken = [];
  for (const skip of skips) {
    let lane = 0;
    while (taken.some((other) => other.lane === lane && other.from !== skip.from && other.to !== skip.to && other.from < skip.to && skip.from < other.to)) lane++;
    skip.lane = lane;
    taken.push(skip);
  }
  const count = Math.max(0, ...skips.map((skip) => skip.lane + 1));
  for (const skip of skips) skip.lane = count - 1 - skip.lane;
  return { of: skips, count };
}

function passedBetween(columns, from, to) {
  return columns.slice(from + 1, to).every((column) => column.sort === "passed");
}

export function skips(layout, from, to) {
  return layout.lanes.find((skip) => skip.from === from && skip.to === to);
}

// The box of a map, a cell or a bar of a column, by its number; null where it is not drawn.
export function box(layout, header, at, number) {
  const column = layout.columns[at];
  const told = header.columns[at];
  if (told.sort === "passed") {
    const link = told.links[0];
    const inner = link && box(layout, header, link.column, number);
    return inner && { x: column.x, y: inner.y, width: column.width, height: inner.height };
  }
  if (column.bars) {
    const order = told.order.indexOf(number);
    return order < 0 ? null : { x: column.x, y: column.bars.y + order * column.bars.step, width: column.width, height: column.bars.step };
  }
  if (column.cells) {
    const { down, wide, tall, y } = column.cells;
    if (number < 0 || number >= told.total) return null;
    const cell = Math.floor(number / told.each);
    return { x: column.x + Math.floor(cell / down) * wide, y: y + (cell % down) * tall, width: wide, height: tall };
  }
  const tile = column.tiles[told.places.get(number)];
  return tile ? { ...tile, x: column.x + tile.x } : null;
}

// What lies at a point: the column and the number of the map, cell or bar; null where nothing does.
export function hit(layout, header, x, y) {
  const at = layout.columns.findIndex((column) => x >= column.x - 3 && x <= column.x + column.width + 3);
  if (at < 0) return null;
  const column = layout.columns[at];
  const told = header.columns[at];
  if (column.cells) {
    const { down, across, wide, tall } = column.cells;
    const [row, strip] = [Math.floor((y - column.cells.y) / tall), Math.floor((x - column.x) / wide)];
    const cell = strip * down + row;
    return row < 0 || row >= down || strip < 0 || strip >= across || cell >= told.cells ? null : { at, number: cell * told.each, row: 0, col: 0 };
  }
  if (column.bars) {
    const place = Math.floor((y - column.bars.y) / column.bars.step);
    return place < 0 || place >= column.bars.count ? null : { at, number: told.order[place], row: 0, col: 0 };
  }
  const tile = column.tiles.find((one) => x >= column.x + one.x - 2 && x <= column.x + one.x + one.width + 2 && y >= one.y - 2 && y <= one.y + one.height + 2);
  if (!tile) return null;
  const within = (part, size) => Math.max(0, Math.min(size - 1, Math.floor(part * size)));
  return { at, number: tile.map, row: within((y - tile.y) / tile.height, told.height), col: within((x - column.x - tile.x) / tile.width, told.width) };
}
