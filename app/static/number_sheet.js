// The inputs of a grid of numbers: one block for each channel, or one at a time with a button for each when they are wide.

const version = new URL(import.meta.url).search;
const { element, phrase } = await import("./payload.js" + version);
const { css, ink, mode, scale } = await import("./colours.js" + version);

const WIDEST_BLOCK = 6;
const WIDE = 7;
const CHANNELS = ["red", "green", "blue"];

export class Sheet {
  constructor(root, listeners) {
    this.root = root;
    this.active = 0;
    this.inputs = [];
    this.tabs = element("div", { class: "tabs", role: "group" });
    this.blocks = element("div", { class: "blocks", ...listeners });
  }

  // The inputs are made anew only when the grid has another shape.
  build(cells, header) {
    const { rows, columns, planes } = cells;
    const shape = [rows, columns, planes.length].join();
    if (shape !== this.shape) {
      this.shape = shape;
      this.named = "";
      this.active = Math.min(this.active, planes.length - 1);
      this.blocks.style.setProperty("--columns", columns);
      this.blocks.classList.toggle("dense", columns > WIDE);
      this.blocks.replaceChildren(...planes.map((_, slice) => block(slice, rows, columns)));
      this.inputs = [...this.blocks.querySelectorAll("input")];
      this.tabs.replaceChildren(...planes.map((_, slice) => element("button", { type: "button", onclick: () => this.open(slice) })));
    }
    Object.assign(this, { cells, header });
    this.relabel();
  }

  relabel() {
    const { words } = this.header;
    const several = this.cells.planes.length > 1;
    const tabbed = several && this.cells.columns > WIDEST_BLOCK;
    this.tabs.classList.toggle("hidden", !tabbed);
    [...this.blocks.children].forEach((section, slice) => {
      const title = this.title(slice);
      section.setAttribute("aria-label", title || words.label);
      section.classList.toggle("hidden", tabbed && slice !== this.active);
      section.firstChild.textContent = title;
      section.firstChild.classList.toggle("hidden", !several || tabbed);
      this.tabs.children[slice].textContent = title;
      this.tabs.children[slice].setAttribute("aria-pressed", String(slice === this.active));
    });
    if (this.named === words.cell) return;
    this.named = words.cell;
    this.each((input, cell, [, row, column]) => input.setAttribute("aria-label", phrase(words.cell, { row: row + 1, column: column + 1 })));
  }

  // Empty where one plane serves all channels.
  title(slice) {
    return this.cells.planes.length > 1 ? this.header.words[CHANNELS[slice]] ?? String(slice + 1) : "";
  }

  open(slice) {
    this.active = slice;
    this.relabel();
  }

  each(act) {
    for (const input of this.inputs) {
      const place = placeOf(input);
      act(input, this.cells.at(...place), place);
    }
  }

  // What the cells hold, and what that looks like; `typing` is the input whose text is still being typed.
  show(typing = null) {
    const colour = this.colours();
    this.each((input, cell) => {
      if (input !== typing) input.value = cell.text;
      const background = cell.wrong ? null : colour(cell.value);
      input.style.background = background === null ? "" : css(background);
      input.style.color = background === null ? "" : ink(background);
      if (!cell.wrong) input.removeAttribute("aria-invalid");
    });
  }

  mark() {
    this.each((input, cell) => cell.wrong && input.setAttribute("aria-invalid", "true"));
  }

  colours() {
    const [low, high] = this.cells.range();
    const wanted = this.header.scale;
    const stops = (name) => this.header.colours.scales[name][mode(this.root)];
    if (wanted === "positive" && low >= 0) return scale(stops("positive"), 0, high || 1);
    const reach = Math.max(-low, high) || 1;
    return scale(stops(wanted === "positive" ? "maps" : wanted), -reach, reach);
  }

  go(slice, row, column) {
    const input = this.inputs.find((other) => other.dataset.at === [slice, row, column].join());
    input?.focus();
    return Boolean(input);
  }
}

function block(slice, rows, columns) {
  const cells = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      cells.push(element("input", { inputmode: "decimal", autocomplete: "off", spellcheck: "false", "data-at": [slice, row, column].join() }));
    }
  }
  return element("section", { role: "group" }, element("h4"), element("div", { class: "cells" }, ...cells));
}

export function placeOf(input) {
  return input.dataset.at.split(",").map(Number);
}
