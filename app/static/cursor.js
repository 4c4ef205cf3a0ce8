// One place of a map that pointer, finger and keyboard move through several pictures at once; a click or a pause pins it.

const PAUSE = 400;

export class Cursor {
  // `mark()` draws what belongs to `point`; `tell(place)` says where it was pinned.
  constructor(mark, tell) {
    Object.assign(this, { mark, tell, point: [0, 0], pinned: [0, 0], shape: [1, 1] });
  }

  // The pinned place follows Python, unless Python only repeats what was said here.
  stand(point, shape, changed) {
    this.shape = shape;
    if (String(point) !== this.sent || changed) this.pinned = point;
    this.sent = String(point);
    this.point = this.pinned = this.clamp(this.pinned);
  }

  clamp([row, column]) {
    return [Math.max(0, Math.min(row, this.shape[0] - 1)), Math.max(0, Math.min(column, this.shape[1] - 1))];
  }

  // `place(cell)` is where a cell of the panel lies on the map that the cursor moves on.
  listen(panel, place = (cell) => cell) {
    const { frame } = panel;
    const at = (event) => this.clamp(place(panel.cellAt(event)));
    const see = (event) => this.see(at(event));
    frame.addEventListener("pointermove", see);
    frame.addEventListener("pointerdown", see);
    frame.addEventListener("pointerleave", (event) => this.leave(event));
    frame.addEventListener("click", (event) => this.pin(at(event)));
    frame.addEventListener("keydown", (event) => this.key(event));
    panel.onresize = () => this.mark();
  }

  see(place) {
    this.point = this.clamp(place);
    this.schedule();
  }

  // A finger that is lifted leaves too: what it pointed at stays.
  leave(event) {
    if (event.pointerType !== "touch") this.see(this.pinned);
  }

  pin(place) {
    clearTimeout(this.later);
    this.point = this.pinned = place;
    if (String(place) !== this.sent) this.tell(place);
    this.sent = String(place);
    this.schedule();
  }

  key(event) {
    const far = event.shiftKey ? 10 : 1;
    const steps = { ArrowUp: [-far, 0], ArrowDown: [far, 0], ArrowLeft: [0, -far], ArrowRight: [0, far] };
    if (event.key === "Enter" || event.key === " ") this.pin(this.point);
    else if (event.key === "Home") this.go([0, 0]);
    else if (event.key === "End") this.go([this.shape[0] - 1, this.shape[1] - 1]);
    else if (event.key in steps) this.go([this.point[0] + steps[event.key][0], this.point[1] + steps[event.key][1]]);
    else return;
    event.preventDefault();
  }

  go(place) {
    this.see(place);
    this.pinned = this.point;
    clearTimeout(this.later);
    this.later = setTimeout(() => this.pin(this.point), PAUSE);
  }

  schedule() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.mark();
    });
  }
}

const NUMBERS_FROM = 26;

// Lines through a place and a ring around it; where cells show their numbers, the ring alone.
export function cross(panel, context, row, column, colour) {
  if (!panel.cell) return;
  if (!panel.numberAt || panel.cell < NUMBERS_FROM) lines(panel, context, row, column, colour);
  const grow = Math.max(0, (5 - panel.cell) / 2 / panel.cell);
  panel.outline(context, row - grow, column - grow, 1 + 2 * grow, 1 + 2 * grow, colour, 2.5);
}

function lines(panel, context, row, column, colour) {
  const [x, y] = [(column + 0.5) * panel.cell, (row + 0.5) * panel.cellHeight];
  context.save();
  for (const [width, style] of [[2.6, "rgba(128,128,128,0.25)"], [1, colour]]) {
    context.lineWidth = width;
    context.strokeStyle = style;
    context.beginPath();
    context.moveTo(0, y);
    context.lineTo(panel.width * panel.cell, y);
    context.moveTo(x, 0);
    context.lineTo(x, panel.height * panel.cellHeight);
    context.stroke();
  }
  context.restore();
}
