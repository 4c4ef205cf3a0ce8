// The values of one window, channel by channel, and what they became: the winner marked, or the sum and its divisor.

const version = new URL(import.meta.url).search;
const { element, phrase } = await import("./payload.js" + version);
const { css, fixed, format, ink } = await import("./colours.js" + version);
const { addingUp, decimalsFor } = await import("./products.js" + version);

const MOST_TERMS = 16;

export class Summary {
  constructor() {
    this.lines = element("div", { class: "lines" });
    this.note = element("p", { class: "note" });
    this.body = element("div", { class: "products summary" }, this.lines, this.note);
  }

  show(scene) {
    const { kind, columns, words, padding, written, lines } = scene;
    const side = columns <= 3 ? 3.3 : columns <= 5 ? 3 : 2.5;
    this.body.style.setProperty("--columns", columns);
    this.body.style.setProperty("--side", `${side}rem`);
    this.body.style.setProperty("--padding", padding);
    this.lines.replaceChildren(...lines.map((line, channel) => this.line(line, channel, scene)));
    const tie = lines.some(({ winner, cells }) => winner && cells.filter(({ value }) => value === winner.value).length > 1);
    const padded = lines[0].cells.some((cell) => cell.padded);
    const notes = [kind === "average" && written ? words.rounding : "", tie ? words.tie : "", padded ? words[`padded_${kind}`] : ""];
    this.note.textContent = notes.filter(Boolean).join(" ");
  }

  line({ name, cells, count, winner, result }, channel, { kind, words, tints, colour, written, lines }) {
    const line = element("div", { class: "line" }, lines.length > 1 ? element("span", { class: "channel" }, name) : null);
    const mean = kind === "average" ? meanOf(cells, count, result) : null;
    if (written) line.append(this.grid(cells, winner, mean, words, (value) => colour(value, channel), tints[channel]));
    line.append(mean ? divided(mean, words, written) : won(winner, result, kind, words, tints[channel]));
    return line;
  }

  grid(cells, winner, mean, words, colour, tint) {
    let term = 0;
    const parts = cells.map((cell) => {
      if (cell.padded) return element("span", { class: "padded", title: words.padding });
      const part = element("span", { class: cell === winner ? "winner" : "" }, mean ? fixed(mean.shown[term++] * mean.unit, mean.decimals) : format(cell.value, 3));
      part.style.background = css(colour(cell.value));
      part.style.color = ink(colour(cell.value));
      if (cell === winner) part.style.setProperty("--tint", tint);
      return part;
    });
    return element("div", { class: "captioned" }, element("small", { "aria-hidden": "true" }, words.window), element("div", { class: "grid values", role: "img", "aria-label": words.window }, ...parts));
  }
}

// The sum, its terms rounded so that they add up to it, and the quotient: that of the exact numbers, rounded.
function meanOf(cells, count, result) {
  const values = cells.filter(({ padded }) => !padded).map(({ value }) => value);
  const decimals = decimalsFor(values.length ? values : [result * count]);
  const unit = 10 ** -decimals;
  const total = Math.round((result * count) / unit);
  const shown = addingUp(values, values.length ? total : 0, unit);
  const finer = Math.min(decimals + 2, 9);
  const quotient = (total * unit) / count;
  const exact = Math.abs(quotient - Number(quotient.toFixed(finer))) < 1e-12;
  return { count, shown, total, unit, decimals, finer: exact ? finer : Math.max(decimals, 3), quotient, exact };
}

function trimmed(value, decimals) {
  return fixed(value, decimals).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
}

function divided({ count, shown, total, unit, decimals, finer, quotient, exact }, words, written) {
  const number = (value) => fixed(value * unit, decimals);
  const bracketed = (value) => (value < 0 ? `(${number(value)})` : number(value));
  const terms = written && shown.length <= MOST_TERMS ? shown.map(bracketed).join(" + ") : `Σ ${phrase(words.numbers, { count: count.toLocaleString() })}`;
  return element("p", { class: "sum" },
    element("span", { class: "terms" }, terms), " = ", element("strong", { "data-testid": "sum" }, number(total)), element("small", {}, ` ${words.sum}`),
    element("br"), `${number(total)} ÷ `, element("span", { "data-testid": "divisor" }, String(count)), exact ? " = " : " ≈ ",
    element("strong", { class: "total", "data-testid": "total" }, trimmed(quotient, finer)), element("small", {}, ` ${words.mean}`));
}

function won(winner, result, kind, words, tint) {
  const place = winner ? ` ${phrase(words.came_from, winner)}` : "";
  const label = element("small", {}, ` ${kind === "min" ? words.smallest : words.largest}${place}`);
  const number = element("strong", { class: "total", "data-testid": "total" }, format(winner ? winner.value : result, 3));
  number.style.borderBottom = `3px solid ${tint}`;
  return element("p", { class: "sum" }, "→ ", number, label);
}
