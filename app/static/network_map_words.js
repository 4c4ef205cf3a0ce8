// What the map of a network says in words: names above the columns, what lies under the pointer, and all of it as a table.

const version = new URL(import.meta.url).search;
const { element, phrase } = await import("./payload.js" + version);
const { format } = await import("./colours.js" + version);
const { box, LINES, ROW } = await import("./network_map_layout.js" + version);
const { sources } = await import("./network_map_marks.js" + version);

const NAMED = 4;
const AWAY = 18;

// The names of blocks and layers, and the buttons that fold, unfold and open.
export function heads(scene, { open, fold }) {
  const { layout, header } = scene;
  const blocks = header.groups.map((group) => block(scene, group, fold));
  const names = layout.columns.flatMap((column, at) => (column.head && header.columns[at].sort !== "passed" ? [name(scene, column, header.columns[at])] : []));
  const labels = layout.columns.flatMap((column, at) => (header.columns[at].sort === "passed" ? [] : [label(scene, column, header.columns[at])]));
  const buttons = layout.columns.flatMap((column, at) => more(scene, column, header.columns[at], at, open));
  return [...blocks, ...names, ...labels, ...buttons];
}

function block(scene, group, fold) {
  const { layout, header } = scene;
  const [first, last] = [layout.columns[group.start], layout.columns[group.end]];
  const left = first.left - 5;
  const width = Math.max(last.left + (last.span ?? last.width), last.x + last.width) - left + 5;
  const words = header.words[group.folded ? "unfold" : "fold"];
  const title = phrase(words, { title: group.title, count: group.last - group.first + 1 });
  const sign = element("span", { class: "sign", "aria-hidden": "true" }, group.folded ? "+" : "−");
  const button = element("button", { type: "button", class: "block", "data-key": `fold-${group.first}-${group.last}`, title, "aria-label": title, "aria-expanded": String(!group.folded), onclick: () => fold([group.first, group.last]) }, sign, element("span", { class: "block-title" }, group.title));
  const bracket = element("div", { class: `bracket ${group.folded ? "folded" : ""}` }, button);
  Object.assign(bracket.style, { left: `${left}px`, width: `${width}px`, top: `${group.depth * ROW}px`, height: `${ROW - 3}px` });
  return bracket;
}

function name(scene, column, told) {
  const { layout, header } = scene;
  const kind = told.block ? phrase(header.words.layers, { count: told.block[1] - told.block[0] + 1 }) : told.kind;
  const node = element("div", { class: "name", title: `${told.name} · ${kind} · ${told.shape}` }, element("strong", {}, told.name), element("span", {}, kind), element("span", {}, told.shape));
  Object.assign(node.style, { left: `${column.left - 6}px`, width: `${column.span + 12}px`, top: `${layout.depth * ROW}px`, height: `${LINES - 14}px` });
  return node;
}

// Says before or behind the activation function, where a layer has both.
function label(scene, column, told) {
  const { layout } = scene;
  const node = element("div", { class: "sort", title: told.label }, told.short);
  const wide = Math.max(column.width + 18, 40);
  Object.assign(node.style, { left: `${column.x + column.width / 2 - wide / 2}px`, width: `${wide}px`, top: `${layout.depth * ROW + LINES - 14}px`, color: told.tint });
  return node;
}

function more(scene, column, told, at, open) {
  const { layout, header } = scene;
  if (!told.openable) return [];
  const before = header.columns[at - 1];
  if (before && before.layer === told.layer && before.openable) return [];
  const words = phrase(header.words[told.opened ? "few" : "all"], { total: told.total });
  const button = element("button", { type: "button", class: "more", "data-key": `open-${told.layer}`, "aria-label": `${told.name}: ${words}`, onclick: () => open(told.layer) }, words);
  const wide = Math.max(column.span ?? column.width, 64);
  Object.assign(button.style, { left: `${column.left + (column.span ?? column.width) / 2 - wide / 2}px`, width: `${wide}px`, top: `${layout.top + layout.body + 28}px` });
  return [button];
}

// The sentences about one map, number or class.
export function describe(scene, { at, number, row, col }) {
  const { header } = scene;
  const { words, classes } = header;
  const column = header.columns[at];
  if (column.sort === "passed") return [`${column.name} · ${column.kind}`, words.passed];
  if (column.sort === "answer") return [`${classes[number] ?? number}: ${format(100 * scene.values(column)[number], 3)} %`, column.note ?? ""].filter(Boolean);
  if (column.row) {
    const value = format(scene.values(column)[Math.floor(number / column.each)], 3);
    const last = Math.min(number + column.each, column.total) - 1;
    return [phrase(column.each > 1 ? words.mean : words.unit, { name: column.name, label: column.label, unit: number, last, value }), ...strongest(scene, at, number)];
  }
  const place = column.places.get(number);
  if (place === undefined) return [column.name];
  const [low, high] = column.ranges[place];
  const title = phrase(words.map, { name: column.name, label: column.label, map: number, last: column.total - 1 });
  const range = phrase(words.range, { low: format(low, 3), high: format(high, 3), zeros: format(Math.round(1000 * column.zeros[place]) / 10, 3) });
  const value = row === undefined ? null : scene.level(column, place, row, col);
  const pixel = row === undefined ? [] : [phrase(value === null ? words.place : words.pixel, { row, col, value: value === null ? "" : format(Number(value.toPrecision(2)), 2) })];
  return [title, high === 0 && low === 0 ? words.dead : range, ...strongest(scene, at, number), ...pixel];
}

function strongest(scene, at, number) {
  const found = sources(scene, at, number).filter((source) => source.adds !== undefined && source.share > 0);
  if (!found.length) return [];
  found.sort((one, other) => other.share - one.share);
  const dense = found[0].link.sort === "dense";
  const parts = found.slice(0, NAMED).map(({ input, adds }) => `${input} (${dense && adds > 0 ? "+" : ""}${format(adds, 2)})`);
  return [phrase(scene.header.words[dense ? "adds" : "takes"], { inputs: parts.join(", ") })];
}

// The words beside what is pointed at.
export function tip(node, scene, place, scroller) {
  const column = place && scene.layout.columns[place.at];
  node.classList.toggle("hidden", !place);
  if (!place) return;
  const [title, ...lines] = describe(scene, place);
  node.replaceChildren(element("strong", {}, title), ...lines.map((line) => element("span", {}, line)));
  const left = column.x - scroller.scrollLeft;
  const room = scroller.clientWidth;
  const after = left + column.width + 14;
  const wide = node.offsetWidth;
  const side = after + wide <= room ? after : Math.max(4, left - wide - 14);
  node.style.left = `${Math.min(Math.max(4, side), Math.max(4, room - wide - 4))}px`;
  // Below what is pointed at, or above it where the window ends.
  const pointed = box(scene.layout, scene.header, place.at, place.number) ?? { y: 0, height: 0 };
  const below = pointed.y + pointed.height + AWAY;
  const end = window.innerHeight - scroller.getBoundingClientRect().top - node.offsetHeight - 8;
  node.style.top = `${scroller.offsetTop + (below <= Math.min(end, scene.layout.height) ? below : Math.max(0, pointed.y - AWAY - node.offsetHeight))}px`;
}

// The same for those who do not see the picture.
export function tableOf(header) {
  const { words, columns } = header;
  const row = (tag, cells) => element("tr", {}, ...cells.map((cell) => element(tag, {}, cell)));
  const lines = columns.map((column) => {
    const taken = column.links.map((link) => columns[link.column].name).join(", ");
    const range = column.row || column.maps.length ? `${format(column.limits[0], 3)} … ${format(column.limits[1], 3)}` : "";
    return row("td", [column.name, column.kind, column.label, column.shape, range, String(column.dead), column.maps.join(", "), taken]);
  });
  const classes = columns.find((column) => column.sort === "answer")?.spoken ?? "";
  return element("div", {}, element("table", {}, element("caption", {}, words.label), element("thead", {}, row("th", words.heads.split("|"))), element("tbody", {}, ...lines)), element("p", {}, classes));
}
