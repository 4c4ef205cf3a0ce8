// Every product of one window written out: the window's values, the kernel's weights, their products, and sums that add up.

const version = new URL(import.meta.url).search;
const { element } = await import("./payload.js" + version);
const { css, fixed, format, ink } = await import("./colours.js" + version);

const whole = (value) => Math.abs(value - Math.round(value)) < 1e-6;

// Three decimals, fewer for large terms, more where all are small; none when everything is whole.
export function decimalsFor(numbers) {
  if (numbers.every(whole)) return 0;
  const largest = Math.max(...numbers.map(Math.abs), 1e-12);
  const magnitude = Math.floor(Math.log10(largest));
  return magnitude >= -1 ? Math.max(1, 3 - Math.max(0, magnitude)) : Math.min(9, 2 - magnitude);
}

// Rounds `values` so that what is shown adds up to `target` (in units of the last decimal), each within one unit of its true
// value: the largest remainders are rounded up. Terms that need no rounding, such as 0, stay as they are.
export function addingUp(values, target, unit) {
  const parts = values.map((value) => value / unit);
  const rounded = parts.map((part) => (Math.abs(part - Math.round(part)) < 1e-6 ? Math.round(part) : Math.floor(part)));
  const order = parts
    .map((part, index) => [part - rounded[index], index])
    .filter(([rest]) => Math.abs(rest) > 1e-6)
    .sort((one, other) => other[0] - one[0])
    .map(([, index]) => index);
  let missing = target - rounded.reduce((sum, part) => sum + part, 0);
  for (let turn = 0; missing > 0 && order.length && turn < 2 * order.length; turn++, missing--) rounded[order[turn % order.length]]++;
  for (let turn = 1; missing < 0 && order.length && turn <= 2 * order.length; turn++, missing++) rounded[order.at(-(((turn - 1) % order.length) + 1))]--;
  return rounded;
}

export class Products {
  constructor() {
    this.body = element("div", { class: "products" });
    this.body.addEventListener("pointerover", (event) => this.point(event.target.dataset?.term));
    this.body.addEventListener("pointerleave", () => this.point(null));
    this.shape = "";
  }

  // `terms[channel]` holds {value, weight, padded} in reading order; colour functions give 32-bit colours. `rest` is what others
  // add together, {value, name}. Returns what is shown: the sums, the rest and the bias, and the total, in units.
  show({ terms, columns, bias, total, activation, names, words, valueColour, weightColour, productColour, roles, rest = null }) {
    const shape = `${terms.length} ${terms[0].length} ${columns} ${names} ${words.products}`;
    if (shape !== this.shape) this.build(terms, columns, names, words);
    this.shape = shape;
    const products = terms.map((channel) => channel.map(({ value, weight }) => value * weight));
    const sums = products.map((channel) => channel.reduce((sum, product) => sum + product, 0));
    const further = rest ? [rest.value, bias] : [bias];
    const decimals = decimalsFor([...products.flat(), ...further]);
    const unit = 10 ** -decimals;
    const shownTotal = Math.round(total / unit);
    const shownSums = addingUp([...sums, ...further], shownTotal, unit);
    terms.forEach((channel, index) => {
      const shown = addingUp(products[index], shownSums[index], unit);
      const row = this.rows[index];
      channel.forEach(({ value, weight, padded }, term) => {
        put(row.values[term], padded ? "0" : format(value, 3), padded ? null : valueColour(value, index));
        row.values[term].classList.toggle("padded", padded);
        put(row.weights[term], format(weight, 3), weightColour(weight));
        put(row.products[term], fixed(shown[term] * unit, decimals), productColour(products[index][term]));
      });
      row.sum.textContent = fixed(shownSums[index] * unit, decimals);
    });
    this.body.style.setProperty("--padding", roles.padding);
    this.write(shownSums, shownTotal, unit, decimals, { names, words, activation, rest });
    return { sums: shownSums, total: shownTotal, unit, decimals };
  }

  write(sums, total, unit, decimals, { names, words, activation, rest }) {
    const shown = (value) => fixed(value * unit, decimals);
    const term = (value, name) => element("span", { class: "term" }, bracket(shown(value)), element("small", {}, name));
    const parts = names.map((name, index) => term(sums[index], names.length > 1 ? name : words.sum));
    if (rest) parts.push(term(sums.at(-2), rest.name));
    parts.push(term(sums.at(-1), words.bias));
    const line = parts.flatMap((part, index) => (index ? [" + ", part] : [part]));
    this.total.replaceChildren(...line, " = ", element("strong", { class: "total", "data-testid": "total" }, shown(total)), element("small", {}, ` ${words.feature_map}`));
    const activated = activation
      ? [`${activation.label}(${shown(total)}) = `, element("strong", { class: "activated", "data-testid": "activated" }, decimals ? fixed(activation.value, decimals) : format(activation.value)), element("small", {}, ` ${words.activation_map}`)]
      : [];
    this.activated.replaceChildren(...activated);
  }

  build(terms, columns, names, words) {
    const side = columns <= 3 ? 3.1 : columns <= 5 ? 2.9 : columns <= 7 ? 2.5 : 2.1;
    this.body.style.setProperty("--side", `${side}rem`);
    this.body.style.setProperty("--columns", columns);
    const grid = (cells, label, kind) => element("div", { class: `grid ${kind}`, role: "img", "aria-label": label }, ...cells);
    const cells = (count, channel) => Array.from({ length: count }, (_, term) => element("span", { "data-term": `${channel}.${term}` }));
    this.rows = terms.map((channel, index) => ({ values: cells(channel.length, index), weights: cells(channel.length, index), products: cells(channel.length, index), sum: element("strong") }));
    const lines = this.rows.map((row, index) =>
      element("div", { class: "line" },
        names.length > 1 ? element("span", { class: "channel" }, names[index]) : null,
        captioned(grid(row.values, words.window, "values"), words.window), element("span", { class: "sign" }, "×"),
        captioned(grid(row.weights, words.kernel, "weights"), words.kernel), element("span", { class: "sign" }, "="),
        captioned(grid(row.products, words.products, "terms"), words.products), element("span", { class: "sign" }, "→ Σ"), row.sum));
    this.total = element("p", { class: "sum" });
    this.activated = element("p", { class: "sum" });
    this.body.replaceChildren(element("div", { class: "lines" }, ...lines), this.total, this.activated, element("p", { class: "note" }, words.rounding));
  }

  // The value, the weight and the product of one place belong together.
  point(term) {
    for (const cell of this.body.querySelectorAll(".same")) cell.classList.remove("same");
    if (term) for (const cell of this.body.querySelectorAll(`[data-term="${CSS.escape(term)}"]`)) cell.classList.add("same");
  }
}

function put(cell, text, colour) {
  cell.textContent = text;
  cell.style.background = colour === null ? "" : css(colour);
  cell.style.color = colour === null ? "" : ink(colour);
}

function captioned(grid, caption) {
  return element("div", { class: "captioned" }, element("small", { "aria-hidden": "true" }, caption), grid);
}

function bracket(text) {
  return text.startsWith("−") ? `(${text})` : text;
}
