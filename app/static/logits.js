// One row for each class: its name, its logit, its exponential, its probability; under them the sum, of which each is a part.

const version = new URL(import.meta.url).search;
const { answer, decode, element, Echoes, mount, phrase, style } = await import("./payload.js" + version);
const { fixed, format } = await import("./colours.js" + version);
const { addingUp, decimalsFor } = await import("./products.js" + version);

const SLIDER = 10;
const FARTHEST = 1000;
const PLACES = 4;
const TOLD_AFTER = 40;

export default function (component) {
  mount(component, (root) => new Logits(root));
}

class Logits {
  constructor(root) {
    this.rows = [];
    this.echoes = new Echoes();
    this.list = element("div", { class: "logit-rows", role: "group" });
    this.stack = element("div", { class: "stack", role: "img" });
    this.sum = element("p", { class: "sum" });
    this.certain = element("p", { class: "sum" });
    this.note = element("p", { class: "note" });
    this.stackLabel = element("small");
    root.append(element("div", { class: "logits" }, this.list, this.stackLabel, this.stack, this.sum, this.certain, this.note));
    style(root, "logits.css");
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    const given = JSON.stringify([header.logits, header.names]);
    const follow = this.echoes.isNews(given) || !this.header || header.logits.length !== this.rows.length;
    Object.assign(this, { header, exponentials: [...arrays.exponentials.data], probabilities: [...arrays.probabilities.data] });
    while (this.rows.length < header.names.length) this.rows.push(this.build(this.rows.length));
    while (this.rows.length > header.names.length) this.rows.pop().line.remove();
    this.list.setAttribute("aria-label", header.words.label);
    this.rows.forEach((row, index) => this.refresh(row, index, follow));
    this.write();
  }

  build(index) {
    const tint = this.header.tints[index % this.header.tints.length];
    const name = element("input", { type: "text", class: "class-name", maxlength: "20", onchange: () => this.rename() });
    const slider = element("input", { type: "range", min: -SLIDER, max: SLIDER, step: "0.1", oninput: () => this.take(index, slider.value) });
    const number = element("input", { type: "number", min: -FARTHEST, max: FARTHEST, step: "0.1", oninput: () => this.take(index, number.value, number) });
    const power = element("span", { class: "power" });
    const bar = element("span", { class: "grow" });
    const exponential = element("span", { class: "exponential" });
    const probability = element("strong", { class: "probability" });
    const part = element("span", { class: "grow part" });
    const line = element("div", { class: "logit" },
      element("span", { class: "chip" }), name, slider, number,
      element("div", { class: "flow" }, element("span", { class: "flow-text" }, power, " = ", exponential), element("span", { class: "track" }, bar)),
      element("div", { class: "flow" }, element("span", { class: "flow-text" }, element("span", { class: "quotient" }), probability), element("span", { class: "track" }, part)));
    line.style.setProperty("--tint", tint);
    for (const kind of ["pointerenter", "focusin"]) line.addEventListener(kind, () => this.light(index));
    for (const kind of ["pointerleave", "focusout"]) line.addEventListener(kind, () => this.light(-1));
    this.list.append(line);
    return { line, name, slider, number, power, bar, exponential, probability, part, quotient: line.querySelector(".quotient") };
  }

  refresh(row, index, follow) {
    const { header } = this;
    const active = row.line.getRootNode().activeElement;
    if (follow) {
      row.slider.value = header.logits[index];
      if (active !== row.number) row.number.value = Number(header.logits[index].toFixed(4));
      if (active !== row.name) row.name.value = header.names[index];
    }
    row.name.setAttribute("aria-label", phrase(header.words.name, { number: index + 1 }));
    row.slider.setAttribute("aria-label", phrase(header.words.logit, { name: header.names[index] }));
    row.number.setAttribute("aria-label", phrase(header.words.logit_number, { name: header.names[index] }));
  }

  logits() {
    return this.rows.map(({ number }) => Number(number.value) || 0);
  }

  take(index, value, from) {
    const taken = Math.max(-FARTHEST, Math.min(FARTHEST, Number(value) || 0));
    const row = this.rows[index];
    if (from !== row.number) row.number.value = taken;
    row.slider.value = taken;
    clearTimeout(this.later);
    this.later = setTimeout(() => this.tell("logits", this.logits()), TOLD_AFTER);
  }

  rename() {
    this.tell("names", this.rows.map(({ name }) => name.value));
  }

  tell(kind, values) {
    this.echoes.sent(JSON.stringify(kind === "logits" ? [values, this.header.names] : [this.logits(), values]));
    answer(this.component, kind, values);
  }

  // Everything shown adds up: the exponentials to their sum, the probabilities to 1.
  write() {
    const { words, hidden, shifted, names } = this.header;
    const decimals = Math.max(3, decimalsFor(this.exponentials));
    const unit = 10 ** -decimals;
    const total = this.exponentials.reduce((sum, value) => sum + value, 0);
    const shownTotal = Math.round(total / unit);
    const shown = addingUp(this.exponentials, shownTotal, unit);
    const places = 10 ** PLACES;
    const shares = addingUp(this.probabilities, places, 1 / places);
    const most = Math.max(...this.exponentials);
    const text = (value) => (hidden ? "?" : fixed(value * unit, decimals));
    this.rows.forEach((row, index) => {
      const part = this.probabilities[index];
      row.power.replaceChildren("e", element("sup", {}, this.power(index)));
      row.exponential.textContent = text(shown[index]);
      row.bar.style.width = hidden ? "0" : `${(100 * this.exponentials[index]) / most}%`;
      row.quotient.textContent = hidden ? "" : `${text(shown[index])} ÷ ${text(shownTotal)} = `;
      row.probability.textContent = hidden ? "?" : fixed(shares[index] / places, PLACES);
      row.part.style.width = hidden ? "0" : `${100 * part}%`;
    });
    this.drawStack(hidden, names);
    const terms = (values) => values.flatMap((value, index) => [index ? " + " : "", this.tinted(value, index)]);
    this.sum.replaceChildren(...(hidden ? ["? = ?"] : terms(shown.map(text))), " = ", element("strong", { class: "total", "data-testid": "total" }, text(shownTotal)), element("small", {}, ` ${words.sum}`));
    this.certain.replaceChildren(...(hidden ? ["?"] : terms(shares.map((share) => fixed(share / places, PLACES)))), " = ", element("strong", { class: "total" }, "1"), element("small", {}, ` ${words.probabilities}`));
    this.note.textContent = shifted ? `${words.rounding} ${words.shifted}` : words.rounding;
    this.stackLabel.textContent = words.stack;
  }

  // The exponent with its numbers: the logit, without the largest where that was taken off, by the temperature.
  power(index) {
    const { logits, temperature, shifted } = this.header;
    const logit = format(logits[index]);
    const most = format(Math.max(...logits));
    const inner = shifted ? `${logit} − ${most.startsWith("−") ? `(${most})` : most}` : logit;
    if (temperature === 1) return inner;
    return `${shifted ? `(${inner})` : inner} / ${format(temperature)}`;
  }

  tinted(text, index) {
    const node = element("span", { class: "term tinted", "data-class": index }, text);
    node.style.setProperty("--tint", this.header.tints[index % this.header.tints.length]);
    return node;
  }

  drawStack(hidden, names) {
    const parts = this.probabilities.map((part, index) => {
      const piece = element("span", { class: "piece", "data-class": index, title: names[index] }, part > 0.09 ? names[index] : "");
      piece.style.width = `${100 * part}%`;
      piece.style.setProperty("--tint", this.header.tints[index % this.header.tints.length]);
      return piece;
    });
    this.stack.replaceChildren(...(hidden ? [] : parts));
    this.stack.setAttribute("aria-label", hidden ? "?" : names.map((name, index) => `${name} ${format(this.probabilities[index], 3)}`).join(", "));
  }

  // The logit, the exponential, the piece of the sum and the probability of one class belong together.
  light(index) {
    for (const node of [...this.stack.children, ...this.sum.children, ...this.certain.children]) {
      node.classList.toggle("faded", index >= 0 && node.dataset?.class !== undefined && Number(node.dataset.class) !== index);
    }
  }
}
