// Input, kernel, feature map and activation map side by side, and every product behind one output pixel.

const version = new URL(import.meta.url).search;
const { decode, element, mount, style } = await import("./payload.js" + version);
const { grey, mode, scale } = await import("./colours.js" + version);
const { Panel } = await import("./panel.js" + version);
const { Products } = await import("./products.js" + version);
const { Walk } = await import("./walk.js" + version);

export default function (component) {
  mount(component, (root) => new Microscope(root));
}

class Microscope extends Walk {
  constructor(root) {
    super(root);
    this.kernel = new Panel("kernel");
    this.feature = new Panel("feature", { focusable: true });
    this.activation = new Panel("activation", { focusable: true });
    this.products = new Products();
    this.panels = element("div", { class: "panels" }, this.input.figure, this.kernel.figure, this.feature.figure, this.activation.figure);
    this.body = element("div", { class: "microscope" }, this.panels, this.player(), this.status, this.products.body);
    root.append(this.body);
    style(root);
    this.hear([this.feature, this.activation]);
  }

  update(bytes) {
    const { header, arrays } = decode(bytes);
    Object.assign(this, { mode: mode(this.root), weights: arrays.kernel, map: arrays.feature, bent: arrays.activation });
    this.ground(header, arrays.input);
    this.stand(header.point, this.map ? this.map.shape : [0, 0]);
    this.ready = false;
    this.name();
    this.showInput();
    this.showKernel();
    this.showMaps();
    this.ready = true;
    this.mark();
  }

  name() {
    const { words } = this.header;
    this.namePlayer(words, [[this.input, words.input], [this.kernel, words.kernel], [this.feature, words.feature_map], [this.activation, words.activation_map]]);
    this.input.shape.textContent = this.image.shape.join(" × ");
    this.kernel.shape.textContent = this.weights.shape.join(" × ");
    this.feature.shape.textContent = this.activation.shape.textContent = `${this.outHeight} × ${this.outWidth}`;
    this.kernel.note.textContent = this.header.filterTitle;
    this.activation.note.textContent = this.header.activation?.label ?? "";
    if (!this.header.showShapes) this.feature.shape.textContent = this.activation.shape.textContent = "? × ?";
  }

  // --- what the panels show

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
    this.enable(has);
    if (!has) return;
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

  // --- what lights up

  mark() {
    if (!this.ready) return;
    const marks = { input: this.input.clear(), feature: this.feature.clear(), activation: this.activation.clear() };
    this.markBorders(marks.input);
    if (!this.map) return this.markOverhang(marks.input);
    if (this.pixel) this.markUses(marks);
    else this.markWindow(marks);
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
