// A dense unit drawn back onto the maps that its inputs were: each map, its weights, their products, and what they add.

const version = new URL(import.meta.url).search;
const { answer, decode, element, mount, phrase, style } = await import("./payload.js" + version);
const { format, mode } = await import("./colours.js" + version);
const { addingUp, decimalsFor } = await import("./products.js" + version);
const { Cursor, cross } = await import("./cursor.js" + version);
const { barred, draw, plane, Rows, scaled } = await import("./step_rows.js" + version);

export default function (component) {
  mount(component, (root) => new Back(root));
}

class Back {
  constructor(root) {
    this.root = root;
    this.cursor = new Cursor(() => this.mark(), () => {});
    this.rows = new Rows((row) => this.hear(row), (index) => answer(this.component, "source", this.header.rows[index].source));
    this.status = element("p", { class: "status", "aria-live": "polite" });
    this.hint = element("p", { class: "note" });
    style(root, "step.css").then(() => root.append(element("div", { class: "step back" }, this.rows.table, this.status, this.hint)));
  }

  hear(row) {
    for (const panel of [row.input, row.kernel, row.part]) if (panel) this.cursor.listen(panel);
    if (!row.input) row.part.figure.classList.add("hidden");
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    this.ready = false;
    const changed = header.map !== this.header?.map;
    Object.assign(this, { header, arrays, mode: mode(this.root) });
    this.roles = Object.fromEntries(Object.entries(header.colours.roles).map(([role, colours]) => [role, colours[this.mode]]));
    this.cursor.stand(header.point, arrays.inputs.shape.slice(1), changed);
    this.rows.build(header.rows.length, header.others > 0, "×");
    this.paint();
    this.rows.name(header);
    this.hint.textContent = header.words.back_hint;
    this.rows.write(this.sums());
    this.ready = true;
    this.mark();
  }

  paint() {
    const { limits, pixels, words, colours } = this.header;
    const scales = Object.fromEntries(Object.entries(colours.scales).map(([name, modes]) => [name, modes[this.mode]]));
    barred(this.rows.table, scales.maps);
    const [inputs, kernels, parts] = [scaled(scales, limits.inputs, { pixels }), scaled(scales, [-limits.kernels, limits.kernels], { name: "weights" }), scaled(scales, [-limits.parts, limits.parts])];
    this.rows.rows.forEach((row, index) => {
      draw(row.input, plane(this.arrays.inputs, index), inputs);
      draw(row.kernel, plane(this.arrays.kernels, index), kernels);
      draw(row.part, this.product(index), parts);
    });
    this.rows.legends({ ...words, here: words.adds }, inputs, kernels, parts);
  }

  product(index) {
    const [value, weight] = [plane(this.arrays.inputs, index), plane(this.arrays.kernels, index)];
    return { ...value, at: (row, column) => value.at(row, column) * weight.at(row, column) };
  }

  // What each map adds; what is shown adds up as printed.
  sums() {
    const { rows, rest, others, bias, total } = this.header;
    const values = [...rows.map(({ sum }) => sum), ...(others ? [rest] : []), bias];
    const decimals = decimalsFor(values);
    const unit = 10 ** -decimals;
    const shown = Math.round(total / unit);
    return { sums: addingUp(values, shown, unit), total: shown, unit, decimals };
  }

  mark() {
    if (!this.ready) return;
    const [row, column] = this.cursor.point;
    this.rows.rows.forEach(({ input, kernel, part }, index) => {
      for (const panel of [input, kernel, part]) {
        if (!panel.cell) continue;
        const context = panel.clear();
        for (const [y, x] of this.header.rows[index].marks) panel.outline(context, y, x, 1, 1, this.roles.dense, 1.5);
        cross(panel, context, row, column, this.roles.kernel);
      }
    });
    const [value, weight] = [plane(this.arrays.inputs, 0).at(row, column), plane(this.arrays.kernels, 0).at(row, column)];
    const bracket = (number) => (number < 0 ? `(${format(number, 3)})` : format(number, 3));
    const sum = `${format(value, 3)} × ${bracket(weight)} ≈ ${format(value * weight, 3)}`;
    this.status.textContent = phrase(this.header.words.back_status, { name: this.header.rows[0].title, row, column, sum });
  }
}
