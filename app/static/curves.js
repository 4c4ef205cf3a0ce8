// Curves that grow while a network learns: one chart beside the other over one common axis, with a reading that follows the
// pointer in all of them. New data is drawn into the same canvas: nothing flickers, and the pointer keeps its place.

const version = new URL(import.meta.url).search;
const { decode, element, mount, phrase, style } = await import("./payload.js" + version);
const { mode, parse } = await import("./colours.js" + version);
const { logTicks, reach, ticks, written } = await import("./curves_axes.js" + version);

const HEIGHT = 240;
const LEFT = 54;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 26;
const MANY = 600; // points of a thin line: more of them cover what is drawn before them

export default function (component) {
  mount(component, (root) => new Curves(root));
}

class Curves {
  constructor(root) {
    this.root = root;
    this.panels = [];
    this.hidden = new Set();
    this.at = null;
    this.legend = element("div", { class: "curves-legend" });
    this.grid = element("div", { class: "curves" });
    this.readout = element("div", { class: "readout", "aria-live": "off" });
    root.append(this.legend, this.grid, this.readout);
    style(root, "curves.css");
    new ResizeObserver(() => this.draw()).observe(this.grid);
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    Object.assign(this, { header, arrays, mode: mode(this.root) });
    while (this.panels.length < header.charts.length) this.panels.push(this.build(this.panels.length));
    while (this.panels.length > header.charts.length) this.panels.pop().figure.remove();
    this.buildLegend();
    this.draw();
    this.describe();
  }

  build(index) {
    const title = element("span", { class: "title" });
    const canvas = element("canvas", { tabindex: "0", role: "img" });
    const figure = element("figure", {}, element("figcaption", {}, title), canvas);
    const panel = { index, figure, title, canvas };
    const point = (event) => {
      const box = canvas.getBoundingClientRect();
      const share = (event.clientX - box.left - LEFT) / (box.width - LEFT - RIGHT);
      this.point(share >= -0.05 && share <= 1.05 ? Math.min(1, Math.max(0, share)) : null);
    };
    canvas.addEventListener("pointermove", point);
    canvas.addEventListener("pointerdown", point);
    canvas.addEventListener("pointerleave", () => this.point(null));
    canvas.addEventListener("blur", () => this.point(null));
    canvas.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -0.01, ArrowRight: 0.01, Home: -1, End: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      this.point(Math.min(1, Math.max(0, (this.at ?? 1) + step * (event.shiftKey ? 10 : 1))));
    });
    this.grid.append(figure);
    return panel;
  }

  point(share) {
    this.at = share;
    this.draw();
    this.describe();
  }

  names() {
    return [...new Map(this.header.charts.flatMap((chart) => chart.series).map((series) => [series.name, series])).values()];
  }

  buildLegend() {
    const key = JSON.stringify([this.names(), this.mode]);
    if (key === this.legendKey) return;
    this.legendKey = key;
    this.legend.replaceChildren(...this.names().map((series) => {
      const swatch = element("span", { class: `swatch ${series.style}`, style: `--colour: ${series.colour[this.mode]}` });
      const button = element("button", { type: "button", "aria-pressed": String(!this.hidden.has(series.name)) }, swatch, series.name);
      button.addEventListener("click", () => {
        if (!this.hidden.delete(series.name)) this.hidden.add(series.name);
        button.setAttribute("aria-pressed", String(!this.hidden.has(series.name)));
        this.draw();
        this.describe();
      });
      return button;
    }));
  }

  shown(chart) {
    return chart.series.filter((series) => !this.hidden.has(series.name));
  }

  limits(chart) {
    const values = this.shown(chart).flatMap((series) => {
      const { data } = this.arrays[series.array];
      const step = Math.max(1, Math.floor(data.length / 2 / 2000));
      const found = [];
      for (let row = 0; row < data.length / 2; row += step) found.push(this.value(chart, data[2 * row + 1]));
      return found;
    });
    return reach(values, chart);
  }

  value(chart, value) {
    return chart.log ? Math.log10(value) : value;
  }

  draw() {
    if (this.header) this.panels.forEach((panel) => this.drawPanel(panel, this.header.charts[panel.index]));
  }

  drawPanel(panel, chart) {
    const { canvas } = panel;
    panel.title.textContent = chart.title;
    canvas.setAttribute("aria-label", chart.alternative);
    const width = Math.max(160, Math.floor(panel.figure.clientWidth));
    const ratio = window.devicePixelRatio || 1;
    const [wide, high] = [Math.round(width * ratio), Math.round(HEIGHT * ratio)];
    if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high });
    canvas.style.height = `${HEIGHT}px`;
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, HEIGHT);
    const limits = this.limits(chart);
    const [low, top] = limits;
    const { start, end } = this.header;
    const x = (value) => LEFT + ((value - start) / (end - start || 1)) * (width - LEFT - RIGHT);
    const y = (value) => TOP + (1 - (value - low) / (top - low || 1)) * (HEIGHT - TOP - BOTTOM);
    this.drawAxes(context, chart, limits, width, x, y);
    context.save();
    context.beginPath();
    context.rect(LEFT, TOP - 4, width - LEFT - RIGHT + 6, HEIGHT - TOP - BOTTOM + 8);
    context.clip();
    for (const series of this.shown(chart)) this.drawSeries(context, chart, series, x, y);
    context.restore();
    if (this.at === null) return;
    context.strokeStyle = this.ink(0.6);
    context.setLineDash([]);
    context.lineWidth = 1;
    context.beginPath();
    const here = LEFT + this.at * (width - LEFT - RIGHT);
    context.moveTo(here, TOP);
    context.lineTo(here, HEIGHT - BOTTOM);
    context.stroke();
  }

  ink(strength) {
    const text = getComputedStyle(this.root.host ?? this.root).getPropertyValue("--st-text-color").trim() || "#1c2330";
    return `rgba(${parse(text).join()}, ${strength})`;
  }

  drawAxes(context, chart, [low, top], width, x, y) {
    const { start, end } = this.header;
    context.font = "12px " + (getComputedStyle(this.grid).fontFamily || "sans-serif");
    context.fillStyle = this.ink(0.75);
    context.lineWidth = 1;
    context.setLineDash([]);
    context.textAlign = "right";
    context.textBaseline = "middle";
    for (const value of chart.log ? logTicks(low, top) : ticks(low, top, 4)) {
      context.strokeStyle = this.ink(0.14);
      context.beginPath();
      context.moveTo(LEFT, Math.round(y(value)) + 0.5);
      context.lineTo(width - RIGHT, Math.round(y(value)) + 0.5);
      context.stroke();
      context.fillText(written(value, chart), LEFT - 6, y(value));
    }
    context.textBaseline = "top";
    for (const value of ticks(start, end, Math.max(2, Math.floor(width / 90)))) {
      const at = x(value);
      context.textAlign = at > width - RIGHT - 16 ? "right" : "center";
      context.fillText(Number.isInteger(value) ? String(value) : value.toFixed(1), Math.min(at, width - 2), HEIGHT - BOTTOM + 7);
    }
    context.textAlign = "right";
    context.fillText(this.header.words.axis, LEFT - 8, HEIGHT - BOTTOM + 7);
    context.strokeStyle = this.ink(0.4);
    context.strokeRect(LEFT + 0.5, TOP + 0.5, width - LEFT - RIGHT, HEIGHT - TOP - BOTTOM);
  }

  drawSeries(context, chart, series, x, y) {
    const { data } = this.arrays[series.array];
    const count = data.length / 2;
    const thin = series.style === "thin";
    context.strokeStyle = context.fillStyle = series.colour[this.mode];
    context.globalAlpha = thin ? (count > MANY ? 0.2 : 0.4) : 1;
    context.lineWidth = thin ? 1 : 2.2;
    context.setLineDash(series.style === "dashed" ? [7, 4] : []);
    context.beginPath();
    let open = false;
    for (let row = 0; row < count; row++) {
      const value = this.value(chart, data[2 * row + 1]);
      if (!Number.isFinite(value)) open = false;
      else if (open) context.lineTo(x(data[2 * row]), y(value));
      else context.moveTo(x(data[2 * row]), y(value)), (open = true);
    }
    context.stroke();
    if (!thin && count <= 60) {
      for (let row = 0; row < count; row++) {
        const value = this.value(chart, data[2 * row + 1]);
        if (!Number.isFinite(value)) continue;
        context.beginPath();
        context.arc(x(data[2 * row]), y(value), 3, 0, 7);
        context.fill();
      }
    }
    context.globalAlpha = 1;
    context.setLineDash([]);
  }

  // The last point of each series that is not right of the pointer, or its very last one.
  describe() {
    const { start, end, words } = this.header;
    const at = start + (this.at ?? 1) * (end - start);
    const parts = this.header.charts.map((chart) => {
      const values = this.shown(chart).filter((series) => series.style !== "thin" || this.at !== null).map((series) => {
        const { data } = this.arrays[series.array];
        let row = data.length / 2 - 1;
        while (row > 0 && data[2 * row] > at + 1e-6) row--;
        return row < 0 ? "" : `${series.name} ${written(this.value(chart, data[2 * row + 1]), chart)}`;
      }).filter(Boolean);
      return values.length ? `${chart.title}: ${values.join(", ")}` : "";
    }).filter(Boolean);
    const place = this.at === null ? "" : phrase(words.at, { at: at.toFixed(end - start > 20 ? 1 : 2) }) + " ";
    this.readout.textContent = place + parts.join(" · ");
  }
}
