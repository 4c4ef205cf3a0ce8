// A window that walks over a picture: which output pixel one looks at, by pointer, finger, keyboard or by itself.

const version = new URL(import.meta.url).search;
const { answer, element } = await import("./payload.js" + version);
const { Ground } = await import("./ground.js" + version);

// A subclass has `mark()`, which lights up what belongs to `point` (or to the input's `pixel`), and `spans()`.
export class Walk extends Ground {
  constructor(root) {
    super(root);
    this.status = element("div", { class: "status", "aria-live": "polite" });
    Object.assign(this, { point: [0, 0], pinned: [0, 0], pixel: null, playing: null, swept: false });
  }

  // `outputs` are the panels with one pixel for each window.
  hear(outputs) {
    for (const panel of outputs) this.listen(panel, (place) => this.see(place));
    this.listen(this.input, (place) => this.seePixel(place));
    for (const panel of [this.input, ...outputs]) panel.onresize = () => this.mark();
  }

  // The pinned pixel follows Python, unless Python only repeats what was said here.
  stand(point, [height, width]) {
    [this.outHeight, this.outWidth] = [height, width];
    if (String(point) !== this.sent) this.pinned = point;
    this.sent = String(point);
    this.pinned = this.clamp(this.pinned);
    if (!this.playing) Object.assign(this, { point: this.pinned, swept: false });
    this.point = this.clamp(this.point);
  }

  namePlayer(words, panels) {
    for (const [part, label] of [[this.first, words.first], [this.back, words.back], [this.next, words.next], [this.speed, words.speed]]) {
      part.setAttribute("aria-label", label);
      part.title = label;
    }
    this.speedLabel.firstChild.textContent = `${words.speed} `;
    this.hint.textContent = words.hint ?? "";
    this.nameStart();
    for (const [panel, title] of panels) {
      panel.title.textContent = title;
      panel.frame.setAttribute("aria-label", `${title}. ${words.keys}`);
    }
  }

  enable(has) {
    for (const control of [this.first, this.back, this.start, this.next]) control.disabled = !has;
    if (!has) this.pause();
  }

  player() {
    const button = (name, glyph, action) => (this[name] = element("button", { type: "button", onclick: action }, glyph));
    this.speed = element("input", { type: "range", min: "0", max: "6", value: "2", oninput: () => this.playing && this.play() });
    this.speedLabel = element("label", { class: "speed" }, "", this.speed);
    this.hint = element("span", { class: "note" });
    return element("div", { class: "player" },
      button("first", "↺", () => this.jump(0)),
      button("back", "‹", () => this.step(-1)),
      button("start", "▶", () => (this.playing ? this.pause() : this.play())),
      button("next", "›", () => this.step(1)),
      this.speedLabel,
      this.hint);
  }

  clamp([row, column]) {
    return [Math.max(0, Math.min(row, this.outHeight - 1)), Math.max(0, Math.min(column, this.outWidth - 1))];
  }

  nameStart() {
    const label = this.playing ? this.header.words.pause : this.header.words.play;
    this.start.textContent = this.playing ? "❚❚" : "▶";
    this.start.setAttribute("aria-label", label);
    this.start.title = label;
  }

  listen(panel, see) {
    panel.frame.addEventListener("pointermove", (event) => see(panel.cellAt(event)));
    panel.frame.addEventListener("pointerdown", (event) => see(panel.cellAt(event)));
    panel.frame.addEventListener("pointerleave", (event) => this.leave(event));
    panel.frame.addEventListener("click", (event) => panel !== this.input && this.pin(this.clamp(panel.cellAt(event))));
    panel.frame.addEventListener("keydown", (event) => this.key(event, panel));
  }

  see(place) {
    this.pause();
    Object.assign(this, { point: this.clamp(place), pixel: null, swept: false });
    this.schedule();
  }

  seePixel([row, column]) {
    this.pause();
    this.pixel = [row - this.header.padding[0], column - this.header.padding[2]];
    this.schedule();
  }

  // A finger that is lifted leaves too: what it pointed at stays.
  leave(event) {
    if (event.pointerType === "touch") return void (this.pinned = this.point);
    Object.assign(this, { point: this.playing || this.swept ? this.point : this.pinned, pixel: null });
    this.schedule();
  }

  pin(place) {
    this.point = this.pinned = place;
    this.sent = String(place);
    answer(this.component, "point", { row: place[0], column: place[1] });
    this.schedule();
  }

  key(event, panel) {
    const far = event.shiftKey ? 10 : 1;
    const steps = { ArrowUp: [-far, 0], ArrowDown: [far, 0], ArrowLeft: [0, -far], ArrowRight: [0, far] };
    if (event.key === " ") this.playing ? this.pause() : this.play();
    else if (event.key === "Home") this.jump(0);
    else if (event.key === "End") this.jump(this.outHeight * this.outWidth - 1);
    else if (!(event.key in steps)) return;
    else if (panel === this.input) {
      const [row, column] = this.pixel ?? [0, 0];
      const next = [row + steps[event.key][0], column + steps[event.key][1]];
      const [top, bottom, left, right] = this.header.padding;
      this.pixel = [Math.max(-top, Math.min(this.height + bottom - 1, next[0])), Math.max(-left, Math.min(this.width + right - 1, next[1]))];
      this.schedule();
    } else {
      this.see([this.point[0] + steps[event.key][0], this.point[1] + steps[event.key][1]]);
      this.pinned = this.point;
      clearTimeout(this.later);
      this.later = setTimeout(() => this.pin(this.point), 500);
    }
    event.preventDefault();
  }

  jump(index) {
    this.pause();
    this.go(index);
    this.swept = index === 0;
  }

  go(index) {
    const count = this.outHeight * this.outWidth;
    const at = ((index % count) + count) % count;
    Object.assign(this, { point: [Math.floor(at / this.outWidth), at % this.outWidth], pixel: null });
    this.pinned = this.point;
    this.schedule();
  }

  step(by) {
    this.pause();
    this.go(this.point[0] * this.outWidth + this.point[1] + by);
  }

  play() {
    clearInterval(this.playing);
    // 1, 2, 4 ... 16 windows a second; beyond that more windows at each tick, since a screen shows 60 pictures a second.
    const rate = 2 ** Number(this.speed.value);
    const [interval, stride] = rate <= 16 ? [1000 / rate, 1] : [1000 / 16, rate === 32 ? 3 : 16];
    this.playing = setInterval(() => {
      if (!this.root.host.isConnected) return this.pause();
      const index = this.point[0] * this.outWidth + this.point[1];
      const last = this.outHeight * this.outWidth - 1;
      this.go(index === last ? 0 : Math.min(index + stride, last));
    }, interval);
    this.swept = true;
    this.nameStart();
  }

  pause() {
    if (!this.playing) return;
    clearInterval(this.playing);
    this.playing = null;
    this.nameStart();
  }

  schedule() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.mark();
    });
  }

  // While the window slides, what it has not reached yet is covered.
  veil(panel, context) {
    const [row, column] = this.point;
    const cover = this.mode === "dark" ? "rgba(18,21,28,0.86)" : "rgba(255,255,255,0.86)";
    panel.fill(context, row, column + 1, 1, this.outWidth - column - 1, cover);
    panel.fill(context, row + 1, 0, this.outHeight - row - 1, this.outWidth, cover);
  }
}
