// Run-length codes of masks and class maps. Both call back for each run and trust no length.

/**
 * COCO's compressed code of a mask, column by column: run(start, length) for each run of the object,
 * in pixels from the top left, downwards.
 */
export function cocoRuns(counts, pixels, run) {
  let at = 0;
  let start = 0;
  const lengths = [];
  while (at < counts.length && start < pixels) {
    let value = 0;
    let shift = 0;
    let more = true;
    while (more && at < counts.length) {
      const code = counts.charCodeAt(at++) - 48;
      value |= (code & 0x1f) << shift;
      more = (code & 0x20) !== 0;
      shift += 5;
      if (!more && code & 0x10) value |= -1 << shift;
    }
    // From the third run on, the code holds the difference to the run before the last.
    const length = lengths.length > 2 ? value + lengths[lengths.length - 2] : value;
    lengths.push(length);
    const end = Math.min(pixels, start + Math.max(0, length));
    if (lengths.length % 2 === 0 && end > start) run(start, end - start);
    start = end;
  }
}

/** The code of a class map, row by row: run(classId, start, length) for each run. */
export function classRuns(bytes, pixels, run) {
  let at = 0;
  let start = 0;
  while (at < bytes.length && start < pixels) {
    const classId = bytes[at++];
    let length = 0;
    let factor = 1;
    while (at < bytes.length) {
      const byte = bytes[at++];
      length += (byte & 0x7f) * factor;
      factor *= 128;
      if (byte < 0x80) break;
    }
    const end = Math.min(pixels, start + length);
    if (end > start) run(classId, start, end - start);
    start = end;
  }
}

export const fromBase64 = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
