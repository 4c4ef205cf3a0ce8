// The lines on the map of a network: light ones between neighbours, lanes above for those that skip columns.

const version = new URL(import.meta.url).search;
const { box, skips } = await import("./network_map_layout.js" + version);

const MOST_LINES = 400;
const MOST_CELLS = 128;
const FAINT = 0.1;

export function paintLink(context, scene, link, at) {
  const { layout, header, inks } = scene;
  const skip = skips(layout, link.column, at);
  if (skip) return paintSkip(context, scene, skip);
  const [from, to] = [layout.columns[link.column], layout.columns[at]];
  const [x0, x1] = [from.x + from.width, to.x];
  const [source, target] = [header.columns[link.column], header.columns[at]];
  context.strokeStyle = inks.line;
  context.fillStyle = inks.line;
  if (link.sort === "block" || link.sort === "flat" || (link.sort === "dense" && !target.bars)) return ribbon(context, scene, link.column, at, x0, x1);
  const most = link.sort === "same" ? MOST_CELLS + 1 : Infinity;
  const numbers = (told) => (told.sort === "passed" ? numbersOf(header, link.column) : told.sort === "answer" ? told.order : told.row ? [...Array(Math.min(told.total, most)).keys()] : told.maps);
  const [inputs, outputs] = [numbers(source), numbers(target)];
  if (link.sort === "same" || target.sort === "passed") {
    if (outputs.length > MOST_CELLS) return ribbon(context, scene, link.column, at, x0, x1);
    context.lineWidth = 1.2;
    context.globalAlpha = 0.45;
    for (const number of target.sort === "passed" ? inputs : outputs) curve(context, box(layout, header, link.column, feeding(link, number)), box(layout, header, at, number), x0, x1);
  } else {
    const strengths = link.strengths;
    const strongest = strengths ? strengths.data.reduce((one, other) => Math.max(one, other), 1e-12) : 1;
    const thin = inputs.length * outputs.length > MOST_LINES;
    inputs.forEach((input, row) => outputs.forEach((output, place) => {
      const share = strengths ? strengths.data[row * outputs.length + place] / strongest : 0.3;
      if (thin && share < 0.35) return;
      context.lineWidth = 0.6 + 1.6 * share;
      context.globalAlpha = FAINT + 0.4 * share;
      curve(context, box(layout, header, link.column, input), box(layout, header, at, output), x0, x1);
    }));
  }
  context.globalAlpha = 1;
}

// Of a layer that only hands on, the numbers of what it hands on.
export function numbersOf(header, at) {
  const column = header.columns[at];
  if (column.sort === "passed") return column.links.length ? numbersOf(header, column.links[0].column) : [];
  return column.row ? [...Array(Math.min(column.total, MOST_CELLS)).keys()] : column.maps;
}

export function feeding(link, number) {
  return link.sort === "same" ? Math.floor((number - link.shift) / link.factor) : number;
}

export function curve(context, one, other, x0, x1) {
  if (!one || !other) return;
  const [y0, y1] = [one.y + one.height / 2, other.y + other.height / 2];
  const bend = (x1 - x0) * 0.5;
  context.beginPath();
  // Where maps stand in several rows the line runs on behind the others.
  context.moveTo(Math.min(x0, one.x + one.width), y0);
  context.lineTo(x0, y0);
  context.bezierCurveTo(x0 + bend, y0, x1 - bend, y1, x1, y1);
  context.lineTo(Math.max(x1, other.x), y1);
  context.stroke();
}

export function extent(scene, at) {
  const column = scene.layout.columns[at];
  if (column.cells) return [column.cells.y, column.cells.y + column.cells.down * column.cells.tall];
  if (column.bars) return [column.bars.y, column.bars.y + column.bars.count * column.bars.step];
  if (!column.tiles.length) {
    const link = scene.header.columns[at].links[0];
    return link ? extent(scene, link.column) : [scene.layout.top, scene.layout.top + scene.layout.body];
  }
  return [Math.min(...column.tiles.map((tile) => tile.y)), Math.max(...column.tiles.map((tile) => tile.y + tile.height))];
}

function ribbon(context, scene, from, to, x0, x1) {
  const [top, bottom] = extent(scene, from);
  const [above, below] = extent(scene, to);
  const bend = (x1 - x0) * 0.5;
  context.globalAlpha = 0.13;
  context.beginPath();
  context.moveTo(x0, top);
  context.bezierCurveTo(x0 + bend, top, x1 - bend, above, x1, above);
  context.lineTo(x1, below);
  context.bezierCurveTo(x1 - bend, below, x0 + bend, bottom, x0, bottom);
  context.fill();
  context.globalAlpha = 1;
}

export function skipPath(scene, skip) {
  const { layout } = scene;
  const [from, to] = [layout.columns[skip.from], layout.columns[skip.to]];
  const [x0, x1] = [from.x + from.width + 7, to.x - 7];
  const [top] = extent(scene, skip.from);
  const [over] = extent(scene, skip.to);
  const y = layout.lane(skip.lane);
  return { x0, x1, y, corners: [[from.x + from.width, top + 8], [x0, top + 8], [x0, y], [x1, y], [x1, over + 8], [to.x, over + 8]] };
}

export function paintSkip(context, scene, skip, colour, width = 2) {
  const { corners } = skipPath(scene, skip);
  context.strokeStyle = colour ?? scene.inks.skip;
  context.fillStyle = context.strokeStyle;
  context.globalAlpha = colour ? 1 : 0.75;
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(...corners[0]);
  for (let at = 1; at < corners.length - 1; at++) context.arcTo(...corners[at], ...corners[at + 1], 5);
  context.lineTo(...corners.at(-1));
  context.stroke();
  const [x, y] = corners.at(-1);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x - 6, y - 4);
  context.lineTo(x - 6, y + 4);
  context.fill();
  context.globalAlpha = 1;
}
