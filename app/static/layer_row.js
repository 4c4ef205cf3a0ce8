// One row of the list of layers.

const version = new URL(import.meta.url).search;
const { element } = await import("./payload.js" + version);

const SVG = "http://www.w3.org/2000/svg";

export function pathOf(node) {
  return node.closest("[data-path]")?.dataset.path;
}

export function drawRow(row, selected, words, roles, theme) {
  const classes = ["row", selected && "selected", !row.on && "off", row.problem && "failed", row.fixed && "fixed", row.input && "input"];
  const figure = (name, text) => element("span", { class: "figure", "data-label": words[name] }, text);
  const share = row.share >= 0.01 ? element("i", { class: "share-bar", style: `width:${100 * row.share}%` }) : undefined;
  const node = element(
    "li",
    { class: classes.filter(Boolean).join(" "), "data-path": row.fixed ? undefined : row.path, style: `--depth:${row.depth}` },
    element("span", { class: "handle", "aria-hidden": "true", title: words.drag }, row.fixed || row.input ? "" : "⠿"),
    element("span", { class: "box" }, box(row.box, roles[row.role][theme])),
    name(row, selected, words),
    element("code", { class: "output" }, row.output),
    element("span", { class: "figure", "data-label": words.parameters }, row.parameters, ...(share ? [share] : [])),
    figure("multiplications", row.multiplications),
    figure("memory", row.memory),
    figure("field", row.field),
  );
  if (selected) {
    if (selected.length) node.append(details(selected));
    node.append(tools(row, words));
  }
  if (row.problem) node.append(told("problem", "✕", row.problem));
  for (const remark of row.remarks) node.append(told("remark", "ⓘ", remark));
  return node;
}

function name(row, selected, words) {
  const label = element("span", {}, element("b", {}, `${row.place} `), row.title);
  const line = element("code", {}, row.line);
  if (row.fixed) return element("div", { class: "name" }, label, line);
  const state = row.on ? [] : [element("em", {}, words.off)];
  return element("button", { type: "button", class: "name choose", "data-do": "select", "aria-pressed": String(Boolean(selected)) }, label, line, ...state);
}

// The chosen layer's numbers as sums.
function details(lines) {
  return element("dl", { class: "sums" }, ...lines.flatMap(([name, sum]) => [element("dt", {}, name), element("dd", {}, sum)]));
}

function tools(row, words) {
  const button = (does, sign, extra = {}) => element("button", { type: "button", class: "quiet", "data-do": does, ...extra }, element("span", { "aria-hidden": "true" }, sign), ` ${words[does === "menu" ? (extra["data-inside"] === undefined ? "add_below" : "add_inside") : does]}`);
  const parts = row.input
    ? [button("menu", "＋")]
    : [
        button("up", "↑"),
        button("down", "↓"),
        button("duplicate", "×2"),
        button(row.on ? "switch_off" : "switch_on", "◐"),
        button("remove", "✕"),
        button("menu", "＋"),
        ...(row.block ? [button("menu", "＋", { "data-inside": "" })] : []),
      ];
  return element("div", { class: "tools", role: "toolbar", "aria-label": words.tools }, ...parts);
}

// What does not work, or is worth a remark, with the changes that one may want.
function told(kind, sign, { text, mends }) {
  const buttons = mends.map(({ label, number }) => element("button", { type: "button", class: "mend", "data-do": "mend", "data-number": number }, label));
  return element("div", { class: `told ${kind}`, role: kind === "problem" ? "alert" : "note" }, element("span", { "aria-hidden": "true" }, sign), element("div", {}, element("p", {}, text), ...(buttons.length ? [element("div", { class: "mends" }, ...buttons)] : [])));
}

// A box as wide as there are channels, as high and as deep as the map; a row of numbers is a thin upright bar.
function box([across, height, depth], colour) {
  const [right, up] = [depth * 0.4, depth * 0.4];
  const svg = shape("svg", { width: across + right + 2, height: height + up + 2, "aria-hidden": "true" });
  const [x, y] = [1, up + 1];
  const points = (...pairs) => pairs.map((pair) => pair.join()).join(" ");
  const face = (opacity, corners) => shape("polygon", { points: points(...corners), fill: colour, "fill-opacity": opacity, stroke: colour, "stroke-width": 1, "stroke-linejoin": "round" });
  svg.append(
    face(0.55, [[x, y], [x + across, y], [x + across, y + height], [x, y + height]]),
    face(0.25, [[x, y], [x + right, y - up], [x + across + right, y - up], [x + across, y]]),
    face(0.8, [[x + across, y], [x + across + right, y - up], [x + across + right, y - up + height], [x + across, y + height]]),
  );
  return svg;
}

function shape(tag, attributes) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}
