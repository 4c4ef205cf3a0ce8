// One map before and after a layer without weighted sums, and how the number at one place came out.

const version = new URL(import.meta.url).search;
const { answer, decode, element, mount, style } = await import("./payload.js" + version);
const { format, mode } = await import("./colours.js" + version);
const { Panel } = await import("./panel.js" + version);
const { Cursor, cross } = await import("./cursor.js" + version);
const { Bend } = await import("./bend.js" + version);
const { above, reached, taps } = await import("./walking.js" + version);
const { draw, plane, scaled } = await import("./step_rows.js" + version);
const { LINES } = await import("./passage_lines.js" + version);

const OWN_PLACE = { size: [1, 1], stride: [1, 1], dilation: [1, 1], before: [0, 0], transposed: false };

export default function (component) {
  mount(component, (root) => new Passage(root));
}

class Passage {
  constructor(root) {
    Object.assign(this, { root, inputs: [] });
    this.cursor = new Cursor(() => this.mark(), (place) => answer(this.component, "place", { row: place[0], col: place[1] }));
    this.output = new Panel("output", { focusable: true });
    this.cursor.listen(this.output);
    this.bend = new Bend();
    this.before = element("div", { class: "passage-inputs" });
    this.arrow = element("span", { class: "arrow", "aria-hidden": "true" }, "→");
    this.panels = element("div", { class: "passage-panels" }, this.before, this.arrow, this.bend.figure, this.output.figure);
    this.status = element("p", { class: "status", "aria-live": "polite" });
    this.lines = element("div", { class: "passage-lines" });
    this.hint = element("p", { class: "note" });
    style(root, "step.css", "passage.css").then(() => root.append(element("div", { class: "step passage" }, this.panels, this.hint, this.status, this.lines)));
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    this.ready = false;
    const changed = header.map !== this.header?.map;
    Object.assign(this, { header, arrays, mode: mode(this.root), walk: header.walk ?? OWN_PLACE });
    this.roles = Object.fromEntries(Object.entries(header.colours.roles).map(([role, colours]) => [role, colours[this.mode]]));
    this.cursor.stand(header.point, arrays.output.shape, changed);
    while (this.inputs.length < header.inputs.length) this.inputs.push(this.input(this.inputs.length));
    while (this.inputs.length > header.inputs.length) this.inputs.pop().figure.remove();
    this.paint();
    this.ready = true;
    this.mark();
  }

  // The title of a map that came in leads to it.
  input(index) {
    const panel = new Panel("input", { focusable: true });
    panel.link = element("button", { type: "button", class: "link", onclick: () => answer(this.component, "source", this.header.inputs[index].source) });
    panel.title.replaceWith(panel.link);
    this.cursor.listen(panel, (cell) => (this.moves() ? this.cursor.point : above(this.walk, cell)));
    this.before.append(panel.figure);
    return panel;
  }

  // Places of such layers do not lie over each other: where each number is from is told elsewhere.
  moves() {
    return this.header.kind === "moved";
  }

  paint() {
    const { header, arrays } = this;
    const { words } = header;
    const scales = Object.fromEntries(Object.entries(header.colours.scales).map(([name, modes]) => [name, modes[this.mode]]));
    const [before, after] = [scaled(scales, header.limits.inputs, header), scaled(scales, header.limits.output, { pixels: header.outputPixels })];
    this.panels.classList.toggle("hidden", header.flat && !arrays.curve);
    this.before.classList.toggle("hidden", header.flat || !header.inputs.length);
    this.output.figure.classList.toggle("hidden", arrays.output.data.length === 1);
    this.hint.textContent = header.flat ? "" : words.hint;
    this.inputs.forEach((panel, index) => {
      const map = plane(arrays.inputs, index);
      draw(panel, map, before, true);
      panel.legend(...before.legend);
      panel.link.textContent = header.inputs[index].title;
      panel.link.disabled = !header.inputs[index].source.layer;
      panel.link.title = panel.link.disabled ? "" : words.open;
      panel.shape.textContent = `${map.rows} × ${map.columns}`;
      panel.frame.setAttribute("aria-label", `${words.before}: ${header.inputs[index].title}. ${words.keys}`);
    });
    const map = plane(arrays.output);
    draw(this.output, map, after, true);
    this.output.legend(...after.legend);
    this.output.title.textContent = header.title;
    this.output.shape.textContent = `${map.rows} × ${map.columns}`;
    this.output.frame.setAttribute("aria-label", `${header.title}. ${words.keys}`);
    this.bend.figure.classList.toggle("hidden", !arrays.curve);
    this.arrow.classList.toggle("hidden", Boolean(arrays.curve) || !header.inputs.length || arrays.output.data.length === 1);
    if (arrays.curve) this.bend.draw(arrays.curve.data, header.function, this.roles.activation_map);
  }

  mark() {
    if (!this.ready) return;
    const [row, column] = this.cursor.point;
    const cells = this.header.walk ? this.cells(row, column) : [];
    const winner = this.header.kind === "max" ? this.winner(cells) : null;
    if (this.output.cell) cross(this.output, this.output.clear(), row, column, this.roles.kernel);
    for (const panel of this.inputs) if (panel.cell) this.window(panel, row, column, winner);
    this.write(row, column, cells, winner);
  }

  window(panel, row, column, winner) {
    const context = panel.clear();
    if (this.moves()) return this.origins(panel, context);
    if (!this.header.walk) return cross(panel, context, row, column, this.roles.kernel);
    const [rows, columns] = [reached(this.walk, 0, row), reached(this.walk, 1, column)];
    const [top, left] = [Math.max(rows[0], 0), Math.max(columns[0], 0)];
    panel.outline(context, top, left, Math.min(rows[1], panel.height - 1) - top + 1, Math.min(columns[1], panel.width - 1) - left + 1, this.roles.kernel, 2.5);
    if (winner) cross(panel, context, winner.row, winner.col, this.roles.pooled_map);
  }

  // Where the pinned number is from.
  origins(panel, context) {
    if (String(this.cursor.point) !== String(this.header.point)) return;
    for (const [row, column] of this.header.origins) cross(panel, context, row, column, this.roles.kernel);
  }

  cells(row, column) {
    const map = plane(this.arrays.inputs);
    const [down, right] = [taps(this.walk, 0, row), taps(this.walk, 1, column)];
    return down.flatMap(({ place: y }) => right.map(({ place: x }) => (y < 0 || x < 0 || y >= map.rows || x >= map.columns ? { padded: true } : { row: y, col: x, value: map.at(y, x) })));
  }

  // The first of the largest, in reading order, as pooling itself has it.
  winner(cells) {
    return cells.reduce((best, cell) => (cell.padded || (best && cell.value <= best.value) ? best : cell), null);
  }

  write(row, column, cells, winner) {
    const { kind, words, numbers, title, inputs, function: label } = this.header;
    const result = plane(this.arrays.output).at(row, column);
    const values = this.header.walk || this.moves() ? [] : inputs.map((_, index) => plane(this.arrays.inputs, index).at(row, column));
    const here = { ...numbers };
    for (const name of ["mean", "variance"]) {
      if (!this.arrays[name]) continue;
      const part = plane(this.arrays[name]);
      here[name] = part.rows * part.columns === 1 ? part.at(0, 0) : part.at(row, column);
    }
    const lines = LINES[kind]({ values, result, cells, winner, numbers: here, names: inputs.map(({ title: name }) => name), label, words });
    this.status.textContent = this.arrays.output.data.length === 1 ? `${title} = ${format(result)}` : `${title} [${row}, ${column}] = ${format(result)}`;
    this.lines.replaceChildren(...lines);
    if (this.arrays.curve) this.bend.point(values[0], result);
  }
}
