// What stands out on the map of a network: the map under the pointer, what it is made from, what is made from it.

const version = new URL(import.meta.url).search;
const { box, skips } = await import("./network_map_layout.js" + version);
const { curve, feeding, numbersOf, paintSkip } = await import("./network_map_lines.js" + version);

const MOST = 64;

export function paintMarks(context, scene, place, chosen, left, room) {
  const { layout, header, inks } = scene;
  if (chosen && chosen.number === null) within(context, scene, chosen.at);
  const found = chosen && chosen.number !== null && box(layout, header, chosen.at, chosen.number);
  if (found) {
    outline(context, found, inks.strong, 3, inks.paper);
    // Both maps of a layer are the chosen one: before and behind its activation function.
    const before = header.columns[chosen.at - 1];
    const twin = before?.layer === chosen.layer && before.sort === "feature" && box(layout, header, chosen.at - 1, chosen.number);
    if (twin) outline(context, twin, inks.strong, 2, inks.paper);
  }
  if (!place) return;
  const at = box(layout, header, place.at, place.number);
  if (!at) return;
  inward(context, scene, place.at, place.number);
  outward(context, scene, place.at, place.number);
  outline(context, at, inks.primary, 3, inks.paper);
}

// The whole column of a folded block.
function within(context, { layout, inks }, at) {
  const { x, width } = layout.columns[at];
  context.setLineDash([6, 4]);
  context.strokeStyle = inks.strong;
  context.lineWidth = 2;
  context.strokeRect(x - 6, layout.top - 2, width + 18, layout.body + 4);
  context.setLineDash([]);
}

function outline(context, { x, y, width, height }, colour, line, paper) {
  const away = line / 2 + 0.5;
  context.strokeStyle = paper;
  context.lineWidth = line + 2;
  context.strokeRect(x - away, y - away, width + 2 * away, height + 2 * away);
  context.strokeStyle = colour;
  context.lineWidth = line;
  context.strokeRect(x - away, y - away, width + 2 * away, height + 2 * away);
}

// Each entry: what a number of one column takes from a number of another, and how strongly, 0 to 1; signed where it is known.
export function sources(scene, at, number) {
  const column = scene.header.columns[at];
  return column.links.flatMap((link) => {
    const entry = (from, share, adds) => ({ from: link.column, input: from, share, adds, link });
    if (link.sort === "dense") {
      if (!link.top) return [];
      const { inputs, adds } = scene.top(link);
      const units = link.units;
      const rows = Array.from({ length: inputs.length / units }, (_, row) => row * units + number);
      const most = Math.max(...rows.map((row) => Math.abs(adds[row])), 1e-12);
      return rows.map((row) => entry(inputs[row], Math.abs(adds[row]) / most, adds[row]));
    }
    if (link.sort === "same") return column.sort === "passed" ? [entry(number, 1)] : [entry(feeding(link, number), 1)];
    if (link.sort === "flat") return [entry(number % link.channels, 1)];
    if (link.sort !== "all") return [];
    const inputs = numbersOf(scene.header, link.column);
    const outputs = column.row ? null : column.places;
    const place = outputs ? outputs.get(number) : number;
    const count = outputs ? outputs.size : column.total;
    const shares = inputs.map((_, row) => (link.strengths ? link.strengths.data[row * count + place] : 1));
    const most = Math.max(...shares, 1e-12);
    return inputs.map((input, row) => entry(input, shares[row] / most, link.strengths ? shares[row] : undefined));
  });
}

// Back to where it was made: through what hands on map by map to the next sums.
function inward(context, scene, at, number) {
  for (const { from, input, share, adds, link } of sources(scene, at, number)) {
    if (link.sort === "same") inward(context, scene, from, input);
    draw(context, scene, { from, input, to: at, output: number, share, adds, dense: link.sort === "dense" });
  }
}

function outward(context, scene, at, number) {
  const { header } = scene;
  header.columns.forEach((column, to) => {
    for (const link of column.links) {
      if (link.column !== at || link.sort === "dense") continue;
      const outputs = link.sort === "flat" ? [] : numbersOf(header, to).slice(0, MOST);
      for (const output of outputs) {
        const found = sources(scene, to, output).find((source) => source.from === at && source.input === number);
        if (found) draw(context, scene, { from: at, input: number, to, output, share: found.share, faint: true });
      }
    }
  });
}

function draw(context, scene, { from, input, to, output, share, adds, faint, dense }) {
  const { layout, header, inks } = scene;
  const [one, other] = [box(layout, header, from, input), box(layout, header, to, output)];
  if (!one || !other) return;
  const skip = skips(layout, from, to);
  const colour = dense && adds < 0 ? inks.less : dense ? inks.more : faint ? inks.line : inks.primary;
  if (skip) paintSkip(context, scene, skip, inks.primary, 3);
  context.strokeStyle = colour;
  context.lineWidth = faint ? 0.8 + 1.4 * share : 0.8 + 3 * share;
  context.globalAlpha = faint ? 0.3 + 0.5 * share : 0.35 + 0.65 * share;
  if (!skip) curve(context, one, other, dense ? one.x + one.width : layout.columns[from].x + layout.columns[from].width, layout.columns[to].x + (dense ? 0 : other.x - layout.columns[to].x));
  context.globalAlpha = 1;
  if (!faint) outline(context, one, colour, 1 + 1.5 * share, inks.paper);
  else outline(context, other, colour, 1, inks.paper);
}
