// The step in between: each input map, its kernel and the map that it adds; the others together; the bias; their sum. Under it
// every product behind one number.

const version = new URL(import.meta.url).search;
const { answer, decode, element, mount, phrase, style } = await import("./payload.js" + version);
const { format, mode, scale } = await import("./colours.js" + version);
const { Panel } = await import("./panel.js" + version);
const { Products } = await import("./products.js" + version);
const { Cursor, cross } = await import("./cursor.js" + version);
const { Bend } = await import("./bend.js" + version);
const { above, reached, taps } = await import("./walking.js" + version);
const { barred, draw, plane, Rows, scaled } = await import("./step_rows.js" + version);

export default function (component) {
  mount(component, (root) => new Step(root));
}

// At most so wide is one number of a window, in rem, as products.js has it.
function widest(columns) {
  return columns <= 3 ? 3.2 : columns <= 5 ? 3 : columns <= 7 ? 2.6 : 2.2;
}

class Step {
  constructor(root) {
    this.root = root;
    this.cursor = new Cursor(() => this.mark(), (place) => answer(this.component, "place", { row: place[0], col: place[1] }));
    this.rows = new Rows((row) => this.hear(row), (index) => answer(this.component, "source", this.header.rows[index].source));
    this.total = new Panel("feature", { focusable: true });
    this.after = new Panel("activation", { focusable: true });
    this.bend = new Bend();
    this.products = new Products();
    [this.hint, this.off] = [element("p", { class: "note" }), element("p", { class: "note" })];
    this.status = element("p", { class: "status", "aria-live": "polite" });
    this.heading = element("h4");
    this.more = element("button", { type: "button", class: "more", onclick: () => this.unfold() });
    const output = element("div", { class: "step-output" }, this.total.figure, this.bend.figure, this.after.figure);
    const maps = element("div", { class: "step-maps" }, this.rows.table, output);
    style(root, "step.css").then(() => root.append(element("div", { class: "step" }, maps, this.hint, this.off, this.heading, this.status, this.products.body, this.more)));
    for (const panel of [this.total, this.after]) this.cursor.listen(panel);
  }

  hear(row) {
    this.cursor.listen(row.part);
    if (row.input) this.cursor.listen(row.input, (cell) => above(this.header.walk, cell));
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    if (this.ready && header.stamp === this.header.stamp && this.mode === mode(this.root)) return this.follow(header.point);
    this.ready = false;
    const changed = header.map !== this.header?.map;
    Object.assign(this, { header, arrays, mode: mode(this.root) });
    this.roles = Object.fromEntries(Object.entries(header.colours.roles).map(([role, colours]) => [role, colours[this.mode]]));
    this.cursor.stand(header.point, arrays.total.shape, changed);
    this.rows.build(header.rows.length, header.others > 0, "∗");
    this.paint();
    this.name();
    this.ready = true;
    this.mark();
  }

  follow(point) {
    this.cursor.stand(point, this.arrays.total.shape, false);
    this.mark();
  }

  plane(name, index = 0) {
    return plane(this.arrays[name], index, this.header.steps[name] ?? 1);
  }

  paint() {
    const { limits, pixels, words, colours } = this.header;
    const scales = Object.fromEntries(Object.entries(colours.scales).map(([name, modes]) => [name, modes[this.mode]]));
    barred(this.rows.table, scales.maps);
    this.scales = {
      inputs: scaled(scales, limits.inputs, { pixels }),
      kernels: scaled(scales, [-limits.kernels, limits.kernels], { name: "weights" }),
      parts: scaled(scales, [-limits.parts, limits.parts]),
      terms: scales.maps,
    };
    this.rows.rows.forEach((row, index) => {
      draw(row.input, this.plane("inputs", index), this.scales.inputs);
      draw(row.kernel, this.plane("kernels", index), this.scales.kernels);
      draw(row.part, this.plane("parts", index), this.scales.parts);
    });
    if (this.rows.rest) draw(this.rows.rest.part, this.plane("rest"), this.scales.parts);
    this.rows.legends(words, this.scales.inputs, this.scales.kernels, this.scales.parts);
    this.output(this.total, "total", this.scales.parts);
    this.output(this.after, "after", scaled(scales, limits.after ?? [0, 1]));
    this.bend.figure.classList.toggle("hidden", !this.arrays.curve);
    if (this.arrays.curve) this.bend.draw(this.arrays.curve.data, this.header.function, this.roles.activation_map);
  }

  output(panel, name, scale) {
    panel.figure.classList.toggle("hidden", !this.arrays[name]);
    if (!this.arrays[name]) return;
    draw(panel, this.plane(name), scale, true);
    panel.legend(...scale.legend);
  }

  name() {
    const { words, off, labels } = this.header;
    this.rows.name(this.header);
    for (const [panel, title, note] of [[this.total, words.feature_map, labels.map], [this.after, words.activation_map, this.header.function]]) {
      panel.title.textContent = title;
      panel.shape.textContent = this.arrays.total.shape.join(" × ");
      panel.note.textContent = note;
      panel.frame.setAttribute("aria-label", `${title} ${labels.map}. ${words.keys}`);
    }
    [this.hint.textContent, this.off.textContent, this.heading.textContent] = [words.hint, off, words.products_heading];
    this.fold();
  }

  // --- what lights up

  mark() {
    if (!this.ready) return;
    const [row, column] = this.cursor.point;
    for (const panel of [this.total, this.after, ...this.rows.all().map(({ part }) => part)]) {
      if (panel.cell) cross(panel, panel.clear(), row, column, this.roles.kernel);
    }
    const sides = [reached(this.header.walk, 0, row), reached(this.header.walk, 1, column)];
    for (const { input } of this.rows.rows) if (input.cell) this.window(input, ...sides);
    this.write(row, column);
  }

  // The window on an input map, as far as it lies on it.
  window(panel, rows, columns) {
    const context = panel.clear();
    if (!rows || !columns) return;
    const [top, bottom] = [Math.max(rows[0], 0), Math.min(rows[1], panel.height - 1)];
    const [left, right] = [Math.max(columns[0], 0), Math.min(columns[1], panel.width - 1)];
    if (top > bottom || left > right) return;
    panel.outline(context, top, left, bottom - top + 1, right - left + 1, this.roles.kernel, 2.5);
  }

  write(row, column) {
    const { words, labels } = this.header;
    const total = this.rows.write(this.calculate(row, column));
    const after = this.arrays.after && this.plane("after").at(row, column);
    const bent = this.arrays.after ? ` → ${this.header.function}: ${format(after)}` : "";
    this.status.textContent = `${words.feature_map} ${labels.map} [${row}, ${column}] = ${total}${bent}`;
    if (this.arrays.curve) this.bend.point(this.plane("total").at(row, column), after);
  }

  // Every product of the window; what is shown adds up as printed.
  calculate(row, column) {
    const { walk, words, bias, rows, labels, others } = this.header;
    const [down, right] = [taps(walk, 0, row), taps(walk, 1, column)];
    const terms = rows.map((_, index) => {
      const [input, kernel] = [this.plane("inputs", index), this.plane("kernels", index)];
      return down.flatMap(({ place: y, tap: i }) => right.map(({ place: x, tap: j }) => {
        const padded = y < 0 || x < 0 || y >= input.rows || x >= input.columns;
        return { value: padded ? 0 : input.at(y, x), weight: kernel.at(i, j), padded };
      }));
    });
    const most = Math.max(...terms.flat().map(({ value, weight }) => Math.abs(value * weight)), 1e-9);
    this.products.body.classList.toggle("empty", terms[0].length === 0);
    this.products.body.style.setProperty("--line", `${3 * right.length * widest(right.length) + 13}rem`);
    return this.products.show({
      terms, columns: right.length || 1, bias, total: this.plane("total").at(row, column), names: rows.map(({ name }) => name), words, roles: this.roles,
      activation: this.arrays.after && !this.header.across ? { label: this.header.function, value: this.plane("after").at(row, column) } : null,
      rest: others ? { value: this.plane("rest").at(row, column), name: labels.rest } : null,
      valueColour: this.scales.inputs.colour, weightColour: this.scales.kernels.colour, productColour: scale(this.scales.terms, -most, most),
    });
  }

  // Many products are folded: the strongest first, all of them one step away. The sum under them is of all.
  fold() {
    const count = this.header.rows.length;
    this.more.classList.toggle("hidden", count <= 2);
    this.more.classList.toggle("for-many", count > 4);
    this.products.body.classList.toggle("few", count > 2 && !this.open);
    this.more.textContent = this.open ? this.header.words.fewer : phrase(this.header.words.more, { count });
    this.more.setAttribute("aria-expanded", String(Boolean(this.open)));
  }

  unfold() {
    this.open = !this.open;
    this.fold();
  }
}
