// A colour for each kind of object: far apart for the eye, readable on pictures.

const PALETTE = ['#35c3ad', '#f2a33a', '#6ea8fe', '#ef6f8f', '#b48cf2', '#9fcf4d', '#f0d43f', '#4fd0f0', '#f08a5d', '#d98ad8'];
const byLabel = new Map();

/** The colour of a kind; the same as long as the page is open. */
export function colorOf(label) {
  if (!byLabel.has(label)) byLabel.set(label, PALETTE[byLabel.size % PALETTE.length]);
  return byLabel.get(label);
}

/** Red, green and blue of a class in a class map. */
export function rgbOf(label) {
  const hex = colorOf(label);
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}
