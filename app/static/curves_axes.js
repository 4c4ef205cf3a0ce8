// Axes of a chart: limits, round ticks, and where a value lies on the canvas.

const version = new URL(import.meta.url).search;
const { format } = await import("./colours.js" + version);

// Round steps: 1, 2, 5 times a power of ten, so that about `count` of them fit.
export function ticks(low, high, count) {
  const rough = (high - low) / Math.max(count, 1) || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999);
  const found = [];
  for (let value = Math.ceil(low / step - 1e-9) * step; value <= high + step * 1e-6; value += step) found.push(Math.abs(value) < step * 1e-6 ? 0 : value);
  return found;
}

export function logTicks(low, high) {
  const found = [];
  for (let power = Math.floor(low); power <= Math.ceil(high); power++) found.push(power);
  const skip = Math.ceil(found.length / 6);
  return found.filter((power, index) => index % skip === 0 && power >= low - 1e-9 && power <= high + 1e-9);
}

// A single wild batch must not flatten all the others: the top two per cent may leave the picture.
export function reach(all, chart) {
  const values = all.filter(Number.isFinite).sort((a, b) => a - b);
  if (!values.length) return chart.log ? [-4, 0] : [0, 1];
  let [low, high] = [values[0], values[Math.min(values.length - 1, Math.floor(values.length * 0.985))]];
  if (chart.log) return [Math.floor(low * 2) / 2 - 0.25, Math.ceil(values.at(-1) * 2) / 2 + 0.25];
  if (chart.share) {
    low = Math.max(0, Math.floor((low - 0.02) * 10) / 10);
    return [Math.min(low, 0.9), 1];
  }
  return [Math.min(0, low), (high || 1) * 1.08];
}

export function written(value, chart) {
  if (!Number.isFinite(value)) return "–";
  if (chart.share) return `${format(value * 100, 3)} %`;
  return format(chart.log ? 10 ** value : value, 3);
}
