// Rows that add up: an input map, what it is multiplied with, what that adds; the others together; the bias; the sum.

const version = new URL(import.meta.url).search;
const { element } = await import("./payload.js" + version);
const { fixed, format, grey, scale } = await import("./colours.js" + version);
const { Panel } = await import("./panel.js" + version);

// Signed numbers lie around zero, others go from zero up; pixels are the brightness that they are.
export function scaled(scales, [low, high], { name = "maps", pixels = false } = {}) {
  const reach = Math.max(Math.abs(low), Math.abs(high)) || 1;
  if (pixels) return { colour: (value) => grey(Math.round(255 * Math.max(0, Math.min(1, value)))), legend: [["#000000", "#ffffff"], 0, 1] };
  if (low < 0) return { colour: scale(scales[name], -reach, reach), legend: [scales[name], -reach, reach] };
  return { colour: scale(scales.positive, 0, high || 1), legend: [scales.positive, 0, high || 1] };
}

// The colours of bars: what adds, and what takes away.
export function barred(node, [, minus, , plus]) {
  node.style.setProperty("--plus", plus);
  node.style.setProperty("--minus", minus);
}

// Maps lie one behind the other, each as a whole.
export function plane({ data, shape }, index = 0, step = 1) {
  const [rows, columns] = shape.slice(-2);
  return { rows, columns, at: (row, column) => data[(index * rows + row) * columns + column] * step };
}

export function draw(panel, { rows, columns, at }, { colour }, numbers = false) {
  panel.show(rows, columns, (row, column) => colour(at(row, column)), numbers ? at : null);
}

function legend(stops, low, high) {
  const strip = element("div", { class: "strip" });
  strip.style.background = `linear-gradient(to right, ${stops.join()})`;
  const marks = [low, (low + high) / 2, high].map((value) => element("span", {}, format(value, 2)));
  return element("div", { class: "legend" }, strip, element("div", { class: "marks" }, ...marks));
}

export class Rows {
  // `listen(row)` is called for each row that is built, `open(index)` when the map of a row is chosen.
  constructor(listen, open) {
    Object.assign(this, { listen, open, rows: [], rest: null });
    this.table = element("div", { class: "step-rows", role: "group" });
  }

  // `sign` stands between a map and what it is multiplied with.
  build(count, rest, sign) {
    const wanted = `${count} ${rest} ${sign}`;
    if (wanted === this.built) return;
    this.built = wanted;
    this.head = element("div", { class: "step-row step-head", "aria-hidden": "true" });
    this.foot = element("div", { class: "step-row step-foot", "aria-hidden": "true" });
    this.rows = Array.from({ length: count }, (_, index) => this.row(index, sign));
    this.rest = rest ? this.others() : null;
    this.bias = this.last("last");
    this.sum = this.last("last sum-row");
    this.sum.number.dataset.testid = "step-total";
    this.table.replaceChildren(this.head, ...this.all().map(({ line }) => line), this.bias.line, this.sum.line, this.foot);
  }

  all() {
    return this.rest ? [...this.rows, this.rest] : this.rows;
  }

  row(index, sign) {
    const [input, kernel, part] = [new Panel("small input", { focusable: true }), new Panel("small kernel"), new Panel("small part", { focusable: true })];
    const title = element("button", { type: "button", class: "link", onclick: () => this.open(index) });
    const amount = this.amount();
    const between = (text) => element("span", { class: "sign", "aria-hidden": "true" }, text);
    const line = element("div", { class: "step-row" }, element("div", { class: "of" }, title, amount.share),
      input.figure, between(sign), kernel.figure, between("="), part.figure, amount.cell);
    const row = { line, title, input, kernel, part, ...amount };
    this.listen(row);
    return row;
  }

  others() {
    const part = new Panel("small part", { focusable: true });
    const title = element("span");
    const amount = this.amount();
    const line = element("div", { class: "step-row rest" }, element("div", { class: "of" }, title, amount.share), element("span", { class: "filler" }), part.figure, amount.cell);
    const row = { line, title, part, ...amount };
    this.listen(row);
    return row;
  }

  amount() {
    const [number, share, bar] = [element("strong"), element("small"), element("span", { class: "bar-fill" })];
    return { number, share, bar, cell: element("div", { class: "amount" }, number, element("span", { class: "bar-track" }, bar)) };
  }

  last(name) {
    const [title, number] = [element("span", { class: "of" }), element("strong")];
    return { title, number, line: element("div", { class: `step-row ${name}` }, title, number) };
  }

  name({ words, rows, labels, restShare }) {
    const percent = (share) => (share === undefined ? "" : `${format(100 * share, 2)} %`);
    this.table.setAttribute("aria-label", words.label);
    rows.forEach(({ title, share, source }, index) => {
      const row = this.rows[index];
      row.title.textContent = title;
      row.title.disabled = !source.layer;
      row.title.title = source.layer ? words.open : "";
      row.title.setAttribute("aria-label", source.layer ? `${title}. ${words.open}` : title);
      row.share.textContent = percent(share);
      row.input.frame.setAttribute("aria-label", `${words.inputs}: ${title}. ${words.keys}`);
      row.kernel.frame.setAttribute("aria-label", `${words.kernels}: ${title}`);
      row.part.frame.setAttribute("aria-label", `${words.parts}: ${title}. ${words.keys}`);
    });
    if (this.rest) {
      this.rest.title.textContent = labels.rest;
      this.rest.share.textContent = percent(restShare);
      this.rest.part.frame.setAttribute("aria-label", `${labels.rest}. ${words.keys}`);
    }
    this.bias.title.textContent = words.bias;
    this.sum.title.textContent = words.sum;
  }

  // The scales of the three columns, with their numbers.
  legends(words, inputs, kernels, parts) {
    const cells = [[words.inputs, inputs], [words.kernels, kernels], [words.parts, parts]];
    const spread = ([one, two, three]) => [one, element("span", { class: "sign" }), two, element("span", { class: "sign" }), three];
    this.head.replaceChildren(element("span", { class: "of" }), ...spread(cells.map(([label]) => element("span", { class: "column" }, label))), element("span", { class: "amount" }, words.here));
    this.foot.replaceChildren(element("span", { class: "of" }, words.scales), ...spread(cells.map(([, scale]) => legend(...scale.legend))), element("span", { class: "amount" }));
  }

  // `sums` are those of the rows, of the others where there are any, and last the bias, in `unit`s.
  write({ sums, total, unit, decimals }) {
    const text = (value) => fixed(value * unit, decimals);
    const most = Math.max(...sums.map(Math.abs), 1);
    this.all().forEach((row, index) => {
      row.number.textContent = text(sums[index]);
      row.bar.style.width = `${(50 * Math.abs(sums[index])) / most}%`;
      row.bar.classList.toggle("minus", sums[index] < 0);
    });
    this.bias.number.textContent = text(sums.at(-1));
    this.sum.number.textContent = text(total);
    return text(total);
  }
}
