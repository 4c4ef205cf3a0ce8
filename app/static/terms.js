// Terms that add up, one in each row: what it is, the numbers in it, what it comes to, as a bar.

const version = new URL(import.meta.url).search;
const { answer, decode, element, mount, style } = await import("./payload.js" + version);
const { fixed, format, mode } = await import("./colours.js" + version);
const { addingUp, decimalsFor } = await import("./products.js" + version);
const { barred } = await import("./step_rows.js" + version);

const PLACES = 4;

export default function (component) {
  mount(component, (root) => new Terms(root));
}

class Terms {
  constructor(root) {
    this.root = root;
    this.table = element("table", { class: "terms" });
    this.result = element("p", { class: "sum" });
    this.note = element("p", { class: "note" });
    style(root, "step.css").then(() => root.append(element("div", { class: "step" }, element("div", { class: "terms-frame" }, this.table), this.result, this.note)));
  }

  update(bytes) {
    const { header } = decode(bytes);
    this.header = header;
    const scales = header.colours.scales;
    const now = mode(this.root);
    barred(this.table, scales.maps[now]);
    if (header.kind === "softmax") this.table.style.setProperty("--plus", scales.positive[now][2]);
    this.table.className = `terms ${header.kind}`;
    this.table.setAttribute("aria-label", header.label);
    const rows = header.kind === "softmax" ? this.softmax() : this.products();
    const head = element("tr", {}, ...header.heads.map((head) => element("th", { scope: "col" }, head)));
    this.table.replaceChildren(element("thead", {}, head), element("tbody", {}, ...rows));
    this.note.textContent = header.note;
  }

  // Value times weight, the others, the bias, and the sum of all that is shown.
  products() {
    const { terms, rest, bias, total, labels } = this.header;
    const values = [...terms.map(({ value, weight }) => value * weight), ...(rest === null ? [] : [rest]), ...(bias === null ? [] : [bias])];
    const decimals = decimalsFor(values);
    const unit = 10 ** -decimals;
    const shown = addingUp(values, Math.round(total / unit), unit);
    const text = (value) => fixed(value * unit, decimals);
    const most = Math.max(...shown.map(Math.abs), 1);
    const rows = terms.map((term, index) => this.row([this.title(term), `${format(term.value, 3)} × ${bracket(format(term.weight, 3))}`, text(shown[index])], shown[index] / most));
    if (rest !== null) rows.push(this.row([labels.rest, "", text(shown[terms.length])], shown[terms.length] / most));
    if (bias !== null) rows.push(this.row([labels.bias, "", text(shown.at(-1))], shown.at(-1) / most));
    rows.push(this.row([labels.sum, "", element("strong", { class: "total", "data-testid": "terms-total" }, text(Math.round(total / unit)))], null, "whole"));
    this.result.textContent = "";
    return rows;
  }

  // Every power of e, their sum, and each one's share of it.
  softmax() {
    const { terms, rest, total, largest, labels } = this.header;
    const powers = [...terms.map(({ power }) => power), ...(rest === null ? [] : [rest])];
    const decimals = Math.max(4, decimalsFor(powers));
    const unit = 10 ** -decimals;
    const shown = addingUp(powers, Math.round(total / unit), unit);
    const places = 10 ** PLACES;
    const shares = addingUp(powers.map((power) => power / total), places, 1 / places);
    const text = (value) => fixed(value * unit, decimals);
    const share = (value) => fixed(value / places, PLACES);
    const rows = terms.map((term, index) => this.row([this.title(term), format(term.number, 4), this.power(term.number, largest), text(shown[index]), share(shares[index])], shares[index] / places, term.chosen ? "chosen" : ""));
    if (rest !== null) rows.push(this.row([labels.rest, "", "", text(shown.at(-1)), share(shares.at(-1))], shares.at(-1) / places));
    rows.push(this.row([labels.sum, "", "", text(Math.round(total / unit)), "1"], null, "whole"));
    const chosen = terms.findIndex((term) => term.chosen);
    this.result.replaceChildren(`${terms[chosen].title}: ${text(shown[chosen])} ÷ ${text(Math.round(total / unit))} ≈ `, element("strong", { class: "total", "data-testid": "probability" }, share(shares[chosen])));
    return rows;
  }

  power(number, largest) {
    return element("span", {}, "e", element("sup", {}, `${format(number, 3)} − ${bracket(format(largest, 3))}`));
  }

  title({ title, source }) {
    if (!source) return title;
    return element("button", { type: "button", class: "link", onclick: () => answer(this.component, "source", source) }, title);
  }

  row(cells, share, name = "") {
    const bar = element("span", { class: `bar-fill${share < 0 ? " minus" : ""}` });
    bar.style.width = `${(this.header.kind === "softmax" ? 100 : 50) * Math.abs(share ?? 0)}%`;
    const track = share === null ? "" : element("span", { class: `bar-track ${this.header.kind}` }, bar);
    return element("tr", { class: name }, ...cells.map((cell, index) => element(index ? "td" : "th", index ? {} : { scope: "row" }, cell)), element("td", { class: "bar-cell" }, track));
  }
}

function bracket(text) {
  return text.startsWith("−") ? `(${text})` : text;
}
