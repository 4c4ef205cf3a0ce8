// How the weights of a layer are spread, what the network takes the picture for, and how well it did: all at one epoch.

const version = new URL(import.meta.url).search;
const { element, phrase } = await import("./payload.js" + version);
const { format } = await import("./colours.js" + version);
const { Axes } = await import("./axes.js" + version);

const HEIGHT = 170;

function panel(kind) {
  const title = element("strong");
  const note = element("span", { class: "note" });
  const frame = element("div", { class: `plot ${kind}` });
  return { title, note, frame, box: element("figure", { class: "kernel-chart" }, element("figcaption", {}, title), frame, note) };
}

export class Charts {
  constructor(go) {
    [this.spread, this.answers, this.course] = ["spread", "answers", "course"].map(panel);
    this.axes = { spread: new Axes(), course: new Axes() };
    this.spread.frame.append(this.axes.spread.svg);
    this.course.frame.append(this.axes.course.svg);
    this.box = element("div", { class: "kernel-charts" }, this.spread.box, this.answers.box, this.course.box);
    this.bars = [];
    const point = (event) => event.buttons && go(this.axes.course.valueAt(event));
    for (const kind of ["pointerdown", "pointermove"]) this.course.frame.addEventListener(kind, point);
  }

  update(film, colours) {
    Object.assign(this, { film, colours });
    const { words, classes, weights } = film.header;
    this.spread.title.textContent = phrase(words.spread, { count: weights.toLocaleString("en") });
    this.answers.title.textContent = words.answers;
    this.course.title.textContent = words.course;
    this.answers.box.classList.toggle("hidden", !classes.length);
    this.course.box.classList.toggle("hidden", !film.arrays.course);
    this.bars = classes.map((name) => {
      const [fill, share] = [element("span", { class: "fill" }), element("span", { class: "share" })];
      return { fill, share, row: element("div", { class: "answer" }, element("span", { class: "who", title: name }, name), element("span", { class: "track" }, fill), share) };
    });
    this.answers.frame.replaceChildren(...this.bars.map(({ row }) => row));
    // So high that no epoch leaves the plot; one bar with nearly all weights is cut.
    const { shares } = film.arrays;
    const [, count] = shares.shape;
    this.top = 0;
    for (let epoch = 0; epoch < film.epochs; epoch++) {
      const row = [...shares.data.subarray(epoch * count, (epoch + 1) * count)].sort((a, b) => b - a);
      this.top = Math.max(this.top, Math.min(row[0], 1.6 * (row[1] ?? 0) || row[0]));
    }
  }

  draw(epoch) {
    this.drawSpread(epoch);
    this.drawAnswers(epoch);
    if (this.film.arrays.course) this.drawCourse(epoch);
  }

  drawSpread(epoch) {
    const { film, axes: { spread: axes }, colours } = this;
    const { header, arrays: { shares, means, deviations } } = film;
    const width = this.spread.frame.clientWidth;
    if (!width) return;
    const [, count] = shares.shape;
    const reach = header.reach || 1;
    const row = (at) => shares.data.subarray(at * count, (at + 1) * count);
    axes.start(width, HEIGHT, { x: [-reach, reach], y: [0, this.top * 1.06 || 1], xLabel: header.words.weight, yLabel: "", percent: true, barTop: 0 }, colours);
    axes.bars(row(epoch), { low: -reach, high: reach }, colours.now);
    axes.frame();
    if (film.epochs > 1) this.outline(axes, row(0), reach);
    const [mean, deviation] = [means.data[epoch], deviations.data[epoch]];
    axes.rule({ x: mean, y: null, label: "" }, colours.text);
    axes.add("line", { x1: axes.x(Math.max(-reach, mean - deviation)), x2: axes.x(Math.min(reach, mean + deviation)), y1: axes.y(this.top), y2: axes.y(this.top), stroke: colours.text, "stroke-width": 4, opacity: 0.55 });
    const told = phrase(header.words.spread_note, { mean: format(mean, 3), deviation: format(deviation, 3) });
    this.spread.note.textContent = film.epochs > 1 ? `${told} ${header.words.outline}` : told;
    this.spread.frame.setAttribute("role", "img");
    this.spread.frame.setAttribute("aria-label", told);
  }

  // The weights before the first batch, as steps over the bars of now.
  outline(axes, shares, reach) {
    const points = [];
    shares.forEach((share, index) => {
      const y = axes.y(Math.min(share, this.top)).toFixed(1);
      for (const edge of [index, index + 1]) points.push(`${axes.x(-reach + (2 * reach * edge) / shares.length).toFixed(1)},${y}`);
    });
    axes.add("polyline", { points: points.join(" "), class: "curve thin", stroke: this.colours.before });
  }

  drawAnswers(epoch) {
    const { chances } = this.film.arrays;
    const [, count] = chances.shape;
    const row = chances.data.subarray(epoch * count, (epoch + 1) * count);
    const best = row.indexOf(Math.max(...row));
    this.bars.forEach(({ row: node, fill, share }, index) => {
      fill.style.width = `${100 * row[index]}%`;
      share.textContent = `${(100 * row[index]).toFixed(1)} %`;
      node.classList.toggle("best", index === best);
    });
  }

  drawCourse(epoch) {
    const { film, axes: { course: axes }, colours } = this;
    const { header, arrays: { course } } = film;
    const width = this.course.frame.clientWidth;
    if (!width) return;
    const rows = Array.from({ length: course.shape[0] }, (_, at) => [...course.data.subarray(at * 3, at * 3 + 3)]);
    const losses = rows.flatMap((row) => row.slice(1)).filter(Number.isFinite);
    const now = header.epochs[epoch];
    axes.start(width, HEIGHT, { x: [0, Math.max(header.lastEpoch, 1)], y: [0, Math.max(...losses, 1e-6) * 1.05], xLabel: header.words.epoch_axis, yLabel: "", percent: false }, colours);
    axes.frame();
    [colours.training, colours.validation].forEach((colour, part) => {
      const points = rows.filter((row) => Number.isFinite(row[1 + part])).map((row) => `${axes.x(row[0]).toFixed(1)},${axes.y(row[1 + part]).toFixed(1)}`);
      axes.add("polyline", { points: points.join(" "), class: "curve", stroke: colour, ...(part ? { "stroke-dasharray": "6 4" } : {}) });
      const here = rows.find((row) => row[0] === now);
      if (here && Number.isFinite(here[1 + part])) axes.dot({ x: now, y: here[1 + part], label: "", strong: false }, colour);
    });
    axes.add("line", { x1: axes.x(now), x2: axes.x(now), y1: axes.y(axes.plot.y[0]), y2: axes.y(axes.plot.y[1]), class: "cursor", stroke: colours.text });
    const here = rows.find((row) => row[0] === now);
    const parts = here ? [1, 2].filter((part) => Number.isFinite(here[part])).map((part) => `${header.words.parts[part - 1]} ${format(here[part], 3)}`) : [header.words.course_before];
    const told = parts.join(", ");
    this.course.note.replaceChildren(...parts.map((part, index) => element("span", { class: here ? `told ${index ? "dashed" : ""}` : "", style: `--colour: ${index ? colours.validation : colours.training}` }, part)));
    this.course.frame.setAttribute("role", "img");
    this.course.frame.setAttribute("aria-label", `${header.words.course}: ${told}`);
  }
}
