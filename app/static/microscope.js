// Input, kernel, feature map and activation map side by side, and every product behind one output pixel.

const version = new URL(import.meta.url).search;
const { answer, decode, element, mount, style } = await import("./payload.js" + version);
const { mode, scale } = await import("./colours.js" + version);
const { Panel } = await import("./panel.js" + version);
const { Products } = await import("./products.js" + version);

export default function (component) {
  mount(component, (root) => new Microscope(root));
}

const grey = (level) => (255 << 24) | (level << 16) | (level << 8) | level;

class Microscope {
  constructor(root) {
    this.root = root;
    this.input = new Panel("input", { focusable: true });
    this.kernel = new Panel("kernel");
    this.feature = new Panel("feature", { focusable: true });
    this.activation = new Panel("activation", { focusable: true });
    this.products = new Products();
    this.panels = element("div", { class: "panels" }, this.input.figure, this.kernel.figure, this.feature.figure, this.activation.figure);
    this.status = element("div", { class: "status", "aria-live": "polite" });
    this.body = element("div", { class: "microscope" }, this.panels, this.player(), this.status, this.products.body);
    root.append(this.body);
    style(root);
    Object.assign(this, { point: [0, 0], pinned: [0, 0], pixel: null, playing: null, swept: false });
    for (const panel of [this.feature, this.activation]) this.listen(panel, (place) => this.see(place));
    this.listen(this.input, (place) => this.seePixel(place));
    for (const panel of [this.input, this.feature, this.activation]) panel.onresize = () => this.mark();
  }

  player() {
    const button = (name, glyph, action) => (this[name] = element("button", { type: "button", onclick: action }, glyph));
    this.speed = element("input", { type: "range", min: "0", max: "6", value: "2", oninput: () => this.playing && this.play() });
    this.speedLabel = element("label", { class: "speed" }, "", this.speed);
    return element("div", { class: "player" },
      button("first", "↺", () => this.jump(0)),
      button("back", "‹", () => this.step(-1)),
      button("start", "▶", () => (this.playing ? this.pause() : this.play())),
      button("next", "›", () => this.step(1)),
      this.speedLabel);
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    Object.assign(this, { header, mode: mode(this.root), image: arrays.input, weights: arrays.kernel, map: arrays.feature, bent: arrays.activation });
    [this.height, this.width, this.channels] = this.image.shape;
    [this.outHeight, this.outWidth] = this.map ? this.map.shape : [0, 0];
    this.roles = Object.fromEntries(Object.entries(header.colours.roles).map(([role, colours]) => [role, colours[this.mode]]));
    if (String(header.point) !== this.sent) this.pinned = header.point;
    this.sent = String(header.point);
    this.pinned = this.clamp(this.pinned);
    if (!this.playing) this.point = this.pinned;
    this.point = this.clamp(this.point);
    this.ready = false;
    this.name();
    this.showInput();
    this.showKernel();
    this.showMaps();
    this.ready = true;
    this.mark();
  }

  clamp([row, column]) {
    return [Math.max(0, Math.min(row, this.outHeight - 1)), Math.max(0, Math.min(column, this.outWidth - 1))];
  }

  name() {
    const { words } = this.header;
    for (const [part, label] of [[this.first, words.first], [this.back, words.back], [this.next, words.next], [this.speed, words.speed]]) {
      part.setAttribute("aria-label", label);
      part.title = label;
    }
    this.speedLabel.firstChild.textContent = `${words.speed} `;
    this.nameStart();
    for (const [panel, title] of [[this.input, words.input], [this.kernel, words.kernel], [this.feature, words.feature_map], [this.activation, words.activation_map]]) {
      panel.title.textContent = title;
      panel.frame.setAttribute("aria-label", `${title}. ${words.keys}`);
    }
    this.input.shape.textContent = this.image.shape.join(" × ");
    this.kernel.shape.textContent = this.weights.shape.join(" × ");
    this.feature.shape.textContent = this.activation.shape.textContent = `${this.outHeight} × ${this.outWidth}`;
    this.kernel.note.textContent = this.header.filterTitle;
    this.activation.note.textContent = this.header.activation?.label ?? "";
    if (!this.header.showShapes) this.feature.shape.textContent = this.activation.shape.textContent = "? × ?";
  }

  nameStart() {
    const label = this.playing ? this.header.words.pause : this.header.words.play;
    this.start.textContent = this.playing ? "❚❚" : "▶";
    this.start.setAttribute("aria-label", label);
    this.start.title = label;
  }

  // --- what the panels show

  value(row, column, channel) {
    return this.image.data[(row * this.width + column) * this.channels + channel] * this.header.input.step;
  }

  inside(row, column) {
    return row >= 0 && row < this.height && column >= 0 && column < this.width;
  }

  stops(name) {
    return this.header.colours.scales[name][this.mode];
  }

  valueColour() {
    const { low, high, pixels } = this.header.input;
    if (pixels) return (value) => grey(Math.round(255 * Math.max(0, Math.min(1, value))));
    const reach = Math.max(Math.abs(low), Math.abs(high)) || 1;
    return low < 0 ? scale(this.stops("maps"), -reach, reach) : scale(this.stops("positive"), 0, high || 1);
  }

  showInput() {
    const [top, bottom, left, right] = this.header.padding;
    const [overRows, overColumns] = this.header.overhang;
    const single = this.valueColour();
    const border = this.mode === "dark" ? grey(38) : grey(240);
    const colourAt = (row, column) => {
      const [y, x] = [row - top, column - left];
      if (!this.inside(y, x)) return border;
      if (this.channels === 1 || !this.header.input.pixels) return single(this.value(y, x, 0));
      const [r, g, b] = [0, 1, 2].map((channel) => Math.round(255 * this.value(y, x, channel)));
      return (255 << 24) | (b << 16) | (g << 8) | r;
    };
    const numberAt = (row, column) => {
      if (!this.inside(row - top, column - left)) return row < this.height + top + bottom && column < this.width + left + right ? 0 : null;
      return this.channels === 1 ? this.value(row - top, column - left, 0) : null;
    };
    this.input.show(this.height + top + bottom + overRows, this.width + left + right + overColumns, colourAt, numberAt);
  }

  showKernel() {
    const [rows, columns, channels] = this.weights.shape;
    const reach = this.weights.data.reduce((most, weight) => Math.max(most, Math.abs(weight)), 0) || 1;
    this.weightColour = scale(this.stops("weights"), -reach, reach);
    // Equal slices are one picture; different ones stand under each other, an empty row between them.
    const at = (row, column, channel) => this.weights.data[(row * columns + column) * channels + channel];
    const same = this.weights.data.every((weight, index) => weight === this.weights.data[index - (index % channels)]);
    const shown = same ? 1 : channels;
    const place = (row) => [row % (rows + 1), Math.floor(row / (rows + 1))];
    const page = this.mode === "dark" ? grey(24) : grey(255);
    this.kernel.legend(this.stops("weights"), -reach, reach);
    this.kernel.show(shown * (rows + 1) - 1, columns,
      (row, column) => (place(row)[0] === rows ? page : this.weightColour(at(place(row)[0], column, place(row)[1]))),
      (row, column) => (place(row)[0] === rows ? null : at(place(row)[0], column, place(row)[1])));
    if (channels > 1) this.kernel.shape.textContent += same ? ` · ${this.header.words.same_slices}` : "";
  }

  showMaps() {
    const has = Boolean(this.map);
    this.feature.figure.classList.toggle("hidden", !has);
    this.activation.figure.classList.toggle("hidden", !this.bent);
    this.products.body.classList.toggle("hidden", !has);
    for (const control of [this.first, this.back, this.start, this.next]) control.disabled = !has;
    if (!has) return this.pause();
    const { limits, activation } = this.header;
    const [step, reach] = [this.header.featureStep, Math.max(Math.abs(limits[0]), Math.abs(limits[1])) || 1];
    this.featureColour = scale(this.stops("maps"), -reach, reach);
    const value = (row, column) => this.map.data[row * this.outWidth + column] * step;
    this.feature.show(this.outHeight, this.outWidth, (row, column) => this.featureColour(value(row, column)), value);
    this.feature.legend(this.stops("maps"), -reach, reach);
    if (!this.bent) return;
    const [low, high] = activation.limits;
    const bent = (row, column) => this.bent.data[row * this.outWidth + column];
    const far = Math.max(Math.abs(low), Math.abs(high)) || 1;
    const colour = low < 0 ? scale(this.stops("maps"), -far, far) : scale(this.stops("positive"), 0, high || 1);
    this.activation.show(this.outHeight, this.outWidth, (row, column) => colour(bent(row, column)), bent);
    this.activation.legend(this.stops(low < 0 ? "maps" : "positive"), low < 0 ? -far : 0, low < 0 ? far : high || 1);
  }

  // --- where one looks

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

  // --- what lights up

  mark() {
    if (!this.ready) return;
    const marks = { input: this.input.clear(), feature: this.feature.clear(), activation: this.activation.clear() };
    this.markBorders(marks.input);
    if (!this.map) return this.markOverhang(marks.input);
    if (this.pixel) this.markUses(marks);
    else this.markWindow(marks);
  }

  markBorders(context) {
    const [top, bottom, left, right] = this.header.padding;
    const [rows, columns] = [this.height + top + bottom, this.width + left + right];
    const { padding, unvisited } = this.roles;
    this.input.hatch(context, 0, 0, top, columns, padding);
    this.input.hatch(context, rows - bottom, 0, bottom, columns, padding);
    this.input.hatch(context, top, 0, this.height, left, padding);
    this.input.hatch(context, top, columns - right, this.height, right, padding);
    const [restRows, restColumns] = this.header.unvisited;
    this.input.hatch(context, rows - restRows, 0, restRows, columns, unvisited);
    this.input.hatch(context, 0, columns - restColumns, rows - restRows, restColumns, unvisited);
  }

  markOverhang(context) {
    const [top, bottom, left, right] = this.header.padding;
    const [overRows, overColumns] = this.header.overhang;
    const [rows, columns] = [this.height + top + bottom, this.width + left + right];
    this.input.hatch(context, rows, 0, overRows, columns + overColumns, this.roles.unvisited);
    this.input.hatch(context, 0, columns, rows, overColumns, this.roles.unvisited);
    const [spanRows, spanColumns] = this.spans();
    this.input.outline(context, 0, 0, spanRows, spanColumns, this.roles.kernel);
    this.status.textContent = "";
  }

  spans() {
    const [rows, columns] = this.weights.shape;
    return [(rows - 1) * this.header.dilation + 1, (columns - 1) * this.header.dilation + 1];
  }

  markWindow(marks) {
    const [row, column] = this.point;
    const { stride, dilation } = this.header;
    const [rows, columns] = this.weights.shape;
    const [spanRows, spanColumns] = this.spans();
    const [top, left] = [row * stride, column * stride];
    if (dilation > 1) {
      for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) this.input.outline(marks.input, top + i * dilation, left + j * dilation, 1, 1, this.roles.kernel, 2);
    }
    this.input.outline(marks.input, top, left, spanRows, spanColumns, this.roles.kernel);
    this.input.look(top, left, spanRows, spanColumns, this.roles.kernel);
    for (const [panel, context, role] of [[this.feature, marks.feature, "feature_map"], [this.activation, marks.activation, "activation_map"]]) {
      if (panel === this.activation && !this.bent) continue;
      if (this.playing || this.swept) this.veil(panel, context);
      panel.outline(context, row, column, 1, 1, this.roles.kernel);
      panel.look(row, column, 1, 1, this.roles.kernel);
    }
    this.calculate(row, column);
  }

  // While the window slides, what it has not reached yet is covered.
  veil(panel, context) {
    const [row, column] = this.point;
    const cover = this.mode === "dark" ? "rgba(18,21,28,0.86)" : "rgba(255,255,255,0.86)";
    panel.fill(context, row, column + 1, 1, this.outWidth - column - 1, cover);
    panel.fill(context, row + 1, 0, this.outHeight - row - 1, this.outWidth, cover);
  }

  calculate(row, column) {
    const { stride, dilation, padding, words, bias, activation } = this.header;
    const [rows, columns, channels] = this.weights.shape;
    const terms = Array.from({ length: channels }, () => []);
    let total = bias;
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        const [y, x] = [row * stride + i * dilation - padding[0], column * stride + j * dilation - padding[2]];
        const padded = !this.inside(y, x);
        for (let channel = 0; channel < channels; channel++) {
          const value = padded ? 0 : this.value(y, x, channel);
          const weight = this.weights.data[(i * columns + j) * channels + channel];
          terms[channel].push({ value, weight, padded });
          total += value * weight;
        }
      }
    }
    const single = this.valueColour();
    const most = Math.max(...terms.flat().map(({ value, weight }) => Math.abs(value * weight)), 1e-9);
    const bent = this.bent ? { label: activation.label, value: this.bent.data[row * this.outWidth + column] } : null;
    this.status.textContent = `${words.feature_map} [${row}, ${column}]`;
    this.products.show({
      terms, columns, bias, total, activation: bent, names: this.header.channelNames, words, roles: this.roles,
      valueColour: (value, channel) => (channels === 3 && this.header.input.pixels ? this.tint(value, channel) : single(value)),
      weightColour: this.weightColour, productColour: scale(this.stops("maps"), -most, most),
    });
  }

  // A channel's values in its own colour: red, green or blue light.
  tint(value, channel) {
    const level = Math.round(255 * Math.max(0, Math.min(1, value)));
    return (255 << 24) | (level << (8 * channel));
  }

  markUses(marks) {
    const [row, column] = this.pixel;
    const { padding, stride, dilation, words } = this.header;
    const [rows, columns] = this.weights.shape;
    const reached = (at, start, taps, count) => Array.from({ length: taps }, (_, tap) => (at + start - tap * dilation) / stride).filter((place) => Number.isInteger(place) && place >= 0 && place < count);
    const [outRows, outColumns] = [reached(row, padding[0], rows, this.outHeight), reached(column, padding[2], columns, this.outWidth)];
    this.input.outline(marks.input, row + padding[0], column + padding[2], 1, 1, this.roles.kernel);
    this.input.look(row + padding[0], column + padding[2], 1, 1, this.roles.kernel);
    for (const [panel, context, shown] of [[this.feature, marks.feature, true], [this.activation, marks.activation, this.bent]]) {
      if (shown) for (const i of outRows) for (const j of outColumns) panel.outline(context, i, j, 1, 1, this.roles.kernel, 2);
    }
    this.status.textContent = words.used.replace("{row}", row).replace("{column}", column).replace("{windows}", outRows.length * outColumns.length);
  }
}
