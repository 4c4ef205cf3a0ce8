// How one number came out of a layer without weighted sums, in lines that add up as printed.

const version = new URL(import.meta.url).search;
const { element, phrase } = await import("./payload.js" + version);
const { fixed, format } = await import("./colours.js" + version);
const { addingUp, decimalsFor } = await import("./products.js" + version);

const MOST_CELLS = 16;

function bracket(text) {
  return text.startsWith("−") ? `(${text})` : text;
}

function term(text, name) {
  return element("span", { class: "term" }, text, name ? element("small", {}, name) : null);
}

// The number with its sign turned, as text; nothing has no sign.
function turned(text) {
  if (!Number(text.replace("−", "-"))) return text.replace("−", "");
  return text.startsWith("−") ? text.slice(1) : `−${text}`;
}

function line(...parts) {
  return element("p", { class: "sum" }, ...parts);
}

function total(text, name = "") {
  return element("strong", { class: "total", "data-testid": "passage-total" }, text, name ? element("small", {}, ` ${name}`) : null);
}

// `values` rounded so that they add up to `sum` as it is shown.
function shownSum(values, sum) {
  const decimals = decimalsFor(values);
  const unit = 10 ** -decimals;
  const whole = Math.round(sum / unit);
  const text = (value) => fixed(value * unit, decimals);
  return { parts: addingUp(values, whole, unit).map(text), sum: text(whole) };
}

function joined(parts, names, sign) {
  return parts.flatMap((part, index) => [index ? ` ${sign} ` : "", term(index ? bracket(part) : part, names[index])]);
}

// `at.values` are the numbers that came in at the place, `at.result` what came out; `cells` those of a window.
export const LINES = {
  max: ({ cells, winner, result, words }) => {
    const found = cells.filter(({ padded }) => !padded);
    const inner = found.length <= MOST_CELLS ? found.map(({ value }) => format(value, 4)).join(", ") : phrase(words.numbers, { count: found.length.toLocaleString() });
    const place = winner ? phrase(words.from, winner) : "";
    return [line(`max(${inner}) = `, total(format(result, 4), place))];
  },
  average: ({ cells, result, words }) => {
    const found = cells.filter(({ padded }) => !padded).map(({ value }) => value);
    const shown = shownSum(found, found.reduce((sum, value) => sum + value, 0));
    const inner = found.length <= MOST_CELLS ? joined(shown.parts, [], "+") : [phrase(words.sum_of, { count: found.length.toLocaleString() })];
    return [line(...inner, " = ", term(shown.sum, words.sum)), line(`${shown.sum} ÷ ${found.length} ≈ `, total(format(result, 4), words.mean))];
  },
  normalised: ({ values: [x], result, numbers: { mean, variance, epsilon, gamma, beta }, words }) => {
    const deviation = Math.sqrt(variance + epsilon);
    const [away, shift] = [shownSum([x, -mean], x - mean), shownSum([((x - mean) / deviation) * gamma, beta], result)];
    const lines = [
      line(term(away.parts[0], "x"), " − ", term(bracket(turned(away.parts[1])), words.mean), " = ", term(away.sum)),
      line("√(", term(format(variance, 4), words.variance), ...(epsilon ? [" + ", term(format(epsilon, 4), words.epsilon)] : []), ") ≈ ", term(format(deviation, 4), words.deviation)),
      line(term(away.sum), " ÷ ", term(format(deviation, 4)), " ≈ ", gamma === 1 && beta === 0 ? total(format(result, 4)) : term(format((x - mean) / deviation, 4), words.normalised)),
    ];
    if (gamma !== 1) lines.push(line(term(format((x - mean) / deviation, 4)), " × ", term(bracket(format(gamma, 4)), words.gamma), " ≈ ", beta === 0 ? total(format(result, 4)) : term(shift.parts[0])));
    if (beta !== 0) lines.push(line(term(shift.parts[0]), " + ", term(bracket(shift.parts[1]), words.beta), " = ", total(shift.sum)));
    return lines;
  },
  scaled: ({ values: [x], result, numbers: { scale, offset }, words }) => {
    const product = `${format(x, 4)} × ${bracket(format(scale, 4))}`;
    if (!offset) return [line(`${product} ≈ `, total(format(result, 4)))];
    const shown = shownSum([x * scale, offset], result);
    return [line(`${product} ≈ `, term(shown.parts[0])), line(term(shown.parts[0]), " + ", term(bracket(shown.parts[1]), words.offset), " = ", total(shown.sum))];
  },
  add: ({ values, result, names }) => {
    const shown = shownSum(values, result);
    return [line(...joined(shown.parts, names, "+"), " = ", total(shown.sum))];
  },
  subtract: ({ values, result, names }) => {
    const shown = shownSum([values[0], -values[1]], result);
    return [line(term(shown.parts[0], names[0]), " − ", term(bracket(turned(shown.parts[1])), names[1]), " = ", total(shown.sum))];
  },
  average_of: ({ values, result, names, words }) => {
    const shown = shownSum(values, values.reduce((sum, value) => sum + value, 0));
    return [line(...joined(shown.parts, names, "+"), " = ", term(shown.sum, words.sum)), line(`${shown.sum} ÷ ${values.length} ≈ `, total(format(result, 4), words.mean))];
  },
  multiply: ({ values, result, names }) => [line(...joined(values.map((value) => format(value, 4)), names, "×"), " ≈ ", total(format(result, 4)))],
  maximum: ({ values, result, names }) => [line("max(", ...joined(values.map((value) => format(value, 4)), names, ","), ") = ", total(format(result, 4)))],
  minimum: ({ values, result, names }) => [line("min(", ...joined(values.map((value) => format(value, 4)), names, ","), ") = ", total(format(result, 4)))],
  passed: ({ result }) => [line(`${format(result, 4)} → `, total(format(result, 4)))],
  function: ({ values: [x], result, label }) => [line(`${label}(${format(x, 4)}) = `, total(format(result, 4)))],
  moved: ({ result }) => [line(total(format(result, 4)))],
  other: ({ values: [x], result }) => [line(...(x === undefined ? [] : [`${format(x, 4)} → `]), total(format(result, 4)))],
};
