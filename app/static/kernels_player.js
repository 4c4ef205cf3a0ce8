// One slider for the epochs, with a button that lets it run.

const version = new URL(import.meta.url).search;
const { element, phrase } = await import("./payload.js" + version);

// A whole film takes about this long; one epoch is seen at least so long, and at most.
const FILM = 8000;
const SHORTEST = 130;
const LONGEST = 700;

export class Player {
  // `show(index)` draws an epoch; `rest(index)` is told where it stays.
  constructor(show, rest) {
    Object.assign(this, { show, rest, at: 0, count: 1 });
    this.play = element("button", { type: "button", class: "play", onclick: () => this.toggle() });
    this.back = element("button", { type: "button", onclick: () => this.step(-1) }, "‹");
    this.forward = element("button", { type: "button", onclick: () => this.step(1) }, "›");
    this.range = element("input", { type: "range", min: 0, step: 1, oninput: () => this.go(Number(this.range.value)) });
    this.told = element("strong", { class: "epoch", "aria-live": "off" });
    this.box = element("div", { class: "kernel-player" }, this.play, this.back, this.range, this.forward, this.told);
  }

  update(header) {
    const atEnd = this.at === this.count - 1;
    Object.assign(this, { header, count: header.epochs.length });
    this.box.classList.toggle("hidden", this.count < 2);
    this.range.max = this.count - 1;
    this.range.setAttribute("aria-label", header.words.epochs);
    this.back.setAttribute("aria-label", header.words.back);
    this.forward.setAttribute("aria-label", header.words.forward);
    if (this.count < 2) this.stop();
    this.at = Math.min(this.at, this.count - 1);
    if (atEnd && header.follows) this.at = this.count - 1;
    this.label();
  }

  label() {
    const { header } = this;
    const epoch = header.epochs[this.at];
    this.range.value = this.at;
    this.told.textContent = epoch ? phrase(header.trained ?? header.words.after, { epoch, last: header.lastEpoch }) : header.words.before;
    this.range.setAttribute("aria-valuetext", this.told.textContent);
    this.range.style.setProperty("--share", `${(100 * this.at) / Math.max(1, this.count - 1)}%`);
    this.play.textContent = this.timer ? "❚❚" : "▶";
    this.play.setAttribute("aria-label", this.timer ? header.words.pause : header.words.play);
    this.back.disabled = this.at === 0;
    this.forward.disabled = this.at === this.count - 1;
  }

  // Somebody moved it.
  go(at, silent = false) {
    this.stop();
    this.at = Math.max(0, Math.min(this.count - 1, at));
    this.label();
    this.show(this.at);
    if (!silent) this.rest(this.at);
  }

  step(by) {
    this.go(this.at + by);
  }

  toggle() {
    if (this.timer) {
      this.stop();
      this.label();
      return this.rest(this.at);
    }
    if (this.at === this.count - 1) this.at = -1;
    this.timer = setInterval(() => this.tick(), Math.max(SHORTEST, Math.min(LONGEST, FILM / this.count)));
    this.tick();
  }

  tick() {
    this.at += 1;
    const over = this.at >= this.count - 1;
    if (over) this.stop();
    this.label();
    this.show(this.at);
    if (over) this.rest(this.at);
  }

  stop() {
    clearInterval(this.timer);
    this.timer = null;
  }
}
