// Dragging a row to another place, by mouse, finger or pen.

const START = 5;

export class Drag {
  constructor(list, ondrop) {
    this.list = list;
    this.ondrop = ondrop;
    list.addEventListener("pointerdown", (event) => this.down(event));
    list.addEventListener("pointermove", (event) => this.move(event));
    list.addEventListener("pointerup", () => this.up(true));
    list.addEventListener("pointercancel", () => this.up(false));
  }

  down(event) {
    const handle = event.target.closest(".handle");
    const row = handle?.closest("[data-path]");
    this.dragged = false;
    if (!row || row.classList.contains("input") || event.button) return;
    event.preventDefault();
    handle.setPointerCapture(event.pointerId);
    this.start = { row, y: event.clientY };
  }

  move(event) {
    if (!this.start) return;
    if (!this.active && Math.abs(event.clientY - this.start.y) < START) return;
    this.active = this.dragged = true;
    this.start.row.classList.add("dragged");
    const own = this.start.row.dataset.path;
    const rows = [...this.list.querySelectorAll("[data-path]:not(.input)")].filter((row) => row.dataset.path !== own && !row.dataset.path.startsWith(`${own}.`));
    this.clearMarks();
    this.goal = null;
    for (const row of rows) {
      const box = row.getBoundingClientRect();
      if (event.clientY < box.top + box.height / 2) {
        this.goal = { row, behind: false };
        break;
      }
      this.goal = { row, behind: true };
      if (event.clientY < box.bottom) break;
    }
    this.goal?.row.classList.add(this.goal.behind ? "drop-behind" : "drop-before");
  }

  up(done) {
    if (!this.start) return;
    this.start.row.classList.remove("dragged");
    this.clearMarks();
    const { goal } = this;
    const path = this.start.row.dataset.path;
    const drop = done && this.active && goal;
    this.start = this.goal = null;
    this.active = false;
    if (drop) this.ondrop(path, goal.row.dataset.path, goal.behind);
    // The click that follows a drag chooses nothing.
    setTimeout(() => (this.dragged = false), 50);
  }

  clearMarks() {
    for (const row of this.list.querySelectorAll(".drop-before, .drop-behind")) row.classList.remove("drop-before", "drop-behind");
  }
}
