// Where a window lies: which numbers that come in, and which weights, meet in one number that comes out.

// `walk` is that of Python: size, stride, dilation, before (down, right) and whether each number writes a window. The window's
// places along one side, in order; those in the padding are beyond the map.
export function taps(walk, side, at) {
  const [size, stride, dilation, before] = [walk.size[side], walk.stride[side], walk.dilation[side], walk.before[side]];
  const found = [];
  for (let tap = 0; tap < size; tap++) {
    if (!walk.transposed) found.push({ place: at * stride + tap * dilation - before, tap });
    else if ((at + before - tap * dilation) % stride === 0) found.push({ place: (at + before - tap * dilation) / stride, tap });
  }
  return walk.transposed ? found.reverse() : found;
}

// [first, last] of the places along one side; null where no window reaches.
export function reached(walk, side, at) {
  const places = taps(walk, side, at).map(({ place }) => place);
  return places.length ? [Math.min(...places), Math.max(...places)] : null;
}

// The place that comes out of the window in whose middle a place that comes in lies.
export function above(walk, [row, column]) {
  return [row, column].map((at, side) => {
    const [size, stride, dilation, before] = [walk.size[side], walk.stride[side], walk.dilation[side], walk.before[side]];
    const middle = ((size - 1) * dilation) / 2;
    return Math.round(walk.transposed ? at * stride + middle - before : (at + before - middle) / stride);
  });
}
