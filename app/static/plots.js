// Curves, bars and dots on axes, with one point that pointer, finger and keyboard move along every curve at once.

const version = new URL(import.meta.url).search;
const { answer, decode, element, Echoes, mount, style } = await import("./payload.js" + version);
const { fixed, format, mode } = await import("./colours.js" + version);
const { Axes } = await import("./axes.js" + version);

const TOLD_AFTER = 250;

export default function (component) {
  mount(component, (root) => new Plots(root));
}

class Plots {
  constructor(root) {
    this.root = root;
    this.views = [];
    this.echoes = new Echoes();
    this.grid = element("div", { class: "plots" });
    this.readout = element("div", { class: "plot-readout", "data-testid": "readout" });
    root.append(element("div", { class: "plots-frame" }, this.grid, this.readout));
    style(root, "plots.css");
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    Object.assign(this, { header, arrays });
    const now = mode(this.root);
    this.roles = Object.fromEntries(Object.entries(header.colours.roles).map(([role, colours]) => [role, colours[now]]));
    if (this.at === undefined || this.echoes.isNews(header.at)) this.at = header.at;
    while (this.views.length < header.plots.length) this.views.push(this.build());
    while (this.views.length > header.plots.length) this.views.pop().figure.remove();
    this.grid.style.setProperty("--plot", `${header.width}rem`);
    header.plots.forEach((plot, index) => this.name(this.views[index], plot));
    this.draw();
  }

  build() {
    const axes = new Axes();
    const title = element("strong");
    const frame = element("div", { class: "plot" }, axes.svg);
    const figure = element("figure", {}, element("figcaption", {}, title), frame);
    const view = { axes, title, frame, figure };
    const see = (event) => view.plot.moving && this.move(axes.valueAt(event), event.type === "pointerup");
    frame.addEventListener("pointerdown", (event) => { this.held = true; see(event); });
    frame.addEventListener("pointermove", (event) => (this.held || event.pointerType === "mouse") && event.buttons && see(event));
    frame.addEventListener("pointerup", (event) => { this.held = false; see(event); });
    frame.addEventListener("pointercancel", () => { this.held = false; this.tell(); });
    frame.addEventListener("keydown", (event) => view.plot.moving && this.key(event));
    new ResizeObserver(() => this.header && this.drawOne(view)).observe(frame);
    this.grid.append(figure);
    return view;
  }

  name(view, plot) {
    view.plot = plot;
    view.title.textContent = plot.title;
    view.frame.classList.toggle("moving", plot.moving);
    const slider = { role: "slider", tabindex: "0", "aria-valuemin": plot.x[0], "aria-valuemax": plot.x[1] };
    for (const [name, value] of Object.entries(slider)) plot.moving ? view.frame.setAttribute(name, value) : view.frame.removeAttribute(name);
    if (!plot.moving) view.frame.setAttribute("role", "img");
    view.frame.setAttribute("aria-label", plot.moving ? `${plot.label} ${this.header.words.keys}` : plot.label);
  }

  move(value, done) {
    const { step } = this.header;
    const [low, high] = this.header.reach;
    const snapped = Math.max(low, Math.min(high, Math.round(value / step) * step));
    this.at = Number(snapped.toFixed(6));
    this.draw();
    clearTimeout(this.later);
    if (done) this.tell();
    else this.later = setTimeout(() => this.tell(), TOLD_AFTER);
  }

  tell() {
    clearTimeout(this.later);
    if (this.at === this.told) return;
    this.told = this.at;
    this.echoes.sent(this.at);
    answer(this.component, "at", this.at);
  }

  key(event) {
    const { step, reach } = this.header;
    const far = event.shiftKey ? 10 : 1;
    const steps = { ArrowRight: far, ArrowUp: far, ArrowLeft: -far, ArrowDown: -far, PageUp: 10, PageDown: -10 };
    if (event.key in steps) this.move(this.at + steps[event.key] * step);
    else if (event.key === "Home") this.move(reach[0]);
    else if (event.key === "End") this.move(reach[1]);
    else return;
    event.preventDefault();
  }

  draw() {
    this.views.forEach((view) => this.drawOne(view));
    const told = this.header.plots.filter(({ moving }) => moving).flatMap((plot) => plot.lines.filter(({ name }) => name).map((line) => [plot, line]));
    const parts = told.map(([plot, line]) => {
      const height = this.height(plot, line, this.at);
      const number = line.rough ? ` ≈ ${fixed(height, 2)}` : ` = ${format(height, 4)}`;
      const text = element("span", { class: "told" }, line.name.replace("{x}", format(this.at, 3)) + number);
      text.style.setProperty("--tint", this.roles[line.role]);
      return text;
    });
    this.readout.replaceChildren(...parts, element("span", { class: "note" }, told.length ? this.header.words.hint : ""));
    for (const { frame, plot } of this.views) {
      if (!plot.moving) continue;
      frame.setAttribute("aria-valuenow", this.at);
      frame.setAttribute("aria-valuetext", parts.map((part) => part.textContent).join("; "));
    }
  }

  // The curve's height at a place, between the two nearest of its points.
  height(plot, line, at) {
    const values = this.arrays[line.array].data;
    const place = ((at - plot.x[0]) / (plot.x[1] - plot.x[0])) * (values.length - 1);
    const left = Math.max(0, Math.min(values.length - 2, Math.floor(place + 1e-9)));
    const share = Math.max(0, Math.min(1, place - left));
    return share < 1e-6 ? values[left] : share > 1 - 1e-6 ? values[left + 1] : values[left] + (values[left + 1] - values[left]) * share;
  }

  drawOne({ axes, plot, frame }) {
    const width = frame.clientWidth;
    if (!width) return;
    axes.start(width, Math.round(Math.max(170, Math.min(300, width * 0.58))), plot, this.roles);
    if (plot.bars) axes.bars(this.arrays[plot.bars.array].data, plot.bars, this.roles[plot.bars.role]);
    axes.frame();
    for (const rule of plot.rules) axes.rule(rule, this.roles[rule.role]);
    for (const line of plot.lines) axes.line(this.arrays[line.array].data, this.roles[line.role], line.dashed);
    for (const dot of plot.dots) axes.dot(dot, this.roles[dot.role]);
    if (plot.moving) this.drawPoint(axes, plot);
  }

  drawPoint(axes, plot) {
    axes.guide(this.at);
    for (const line of plot.lines) {
      const y = this.height(plot, line, this.at);
      if (line.slope) axes.tangent(this.at, y, this.height(plot, { array: line.slope }, this.at), this.roles.derivative);
      axes.point(this.at, y, this.roles[line.role]);
    }
  }
}
