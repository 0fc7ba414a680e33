// Small helpers around the document. Text from records is set as text, never as markup.

export const byId = (id) => document.getElementById(id);

/** A new element with attributes and children; strings become text. */
export function element(tag, attributes = {}, ...children) {
  const created = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) created.setAttribute(name, value === true ? '' : value);
  }
  created.append(...children);
  return created;
}

/** Sets a text only where it changes, so that screen readers and selections are left in peace. */
export function setText(target, text) {
  if (target.textContent !== text) target.textContent = text;
}

export const number = (value, digits = 0) =>
  Number(value).toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

/** A time of day with its milliseconds. */
export function clock(micros) {
  const date = new Date(micros / 1000);
  return Number.isNaN(date.getTime()) ? '' : date.toLocaleTimeString('en-GB') + '.' + String(date.getMilliseconds()).padStart(3, '0');
}

export function milliseconds(value) {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 100_000) return number(value / 1000) + ' s';
  if (Math.abs(value) >= 1000) return number(value / 1000, 1) + ' s';
  return number(value, value < 10 ? 1 : 0) + ' ms';
}
