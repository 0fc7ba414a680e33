// Draws what was found in a frame over its picture. Coordinates of records are pixels of the frame.

import { colorOf, rgbOf } from './colors.js';
import { classRuns, cocoRuns, fromBase64 } from './runlength.js';

const MASK_SIDE = 640;
const MASK_ALPHA = 110;
const LEAST_KEYPOINT_SCORE = 0.2;
const BONES = [
  ['left_shoulder', 'right_shoulder'], ['left_hip', 'right_hip'],
  ...['left', 'right'].flatMap((side) => [
    [`${side}_shoulder`, `${side}_elbow`], [`${side}_elbow`, `${side}_wrist`], [`${side}_shoulder`, `${side}_hip`],
    [`${side}_hip`, `${side}_knee`], [`${side}_knee`, `${side}_ankle`]]),
];

/**
 * A picture of the masks and the class map of a result, or null where it has none: its canvas, and how far it reaches in
 * parts of the frame. Of large maps only every so many pixels of every so many lines are taken, so that neither the
 * canvas nor the time depends on a size that a record only claims.
 */
export function paintMasks(result) {
  const masked = result.objects.filter((object) => object.mask);
  if (!masked.length && !result.segmentation) return null;
  const { width, height } = result.segmentation ?? masked[0].mask;
  if (!(width > 0 && height > 0)) return null;
  const step = Math.ceil(Math.max(width, height) / MASK_SIDE);
  const [columns, rows] = [Math.ceil(width / step), Math.ceil(height / step)];
  const image = new ImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  if (result.segmentation) {
    paintClasses(result.segmentation, (start, length, color) =>
      sample(start, length, width, step, (y, x) => (pixels[y * columns + x] = color)));
  }
  for (const { mask, label } of masked) {
    if (mask.width !== width || mask.height !== height) continue;
    const color = pixelOf(label);
    cocoRuns(mask.counts, width * height, (start, length) =>
      sample(start, length, height, step, (x, y) => (pixels[y * columns + x] = color)));
  }
  const canvas = new OffscreenCanvas(columns, rows);
  canvas.getContext('2d').putImageData(image, 0, 0);
  return { canvas, right: (columns * step) / width, bottom: (rows * step) / height };
}

function paintClasses({ width, height, run_length_code: code, classes }, paint) {
  const colors = new Map(classes.map((each) => [each.class_id, pixelOf(each.label)]));
  classRuns(fromBase64(code), width * height, (classId, start, length) => {
    const color = colors.get(classId);
    if (color !== undefined) paint(start, length, color);
  });
}

/** The pixel of an image's data, as one number in this machine's order of bytes. */
const pixelOf = (label) => new Uint32Array(Uint8Array.of(...rgbOf(label), MASK_ALPHA).buffer)[0];

/** Calls back for what a run covers of every step-th place of every step-th line: take(line, place), in steps. */
function sample(start, length, lineLength, step, take) {
  const end = start + length;
  for (let line = Math.ceil(Math.floor(start / lineLength) / step); line * step * lineLength < end; line++) {
    const from = Math.max(0, start - line * step * lineLength);
    const to = Math.min(lineLength, end - line * step * lineLength);
    for (let place = Math.ceil(from / step); place * step < to; place++) take(line, place);
  }
}

/**
 * Draws a result.
 *
 * @param context of a canvas whose transform makes one unit one pixel of the screen
 * @param scale pixels of the screen for each pixel of the frame
 */
export function drawResult(context, scale, { result, capture_time_us: time }, layers, trails, masks, size) {
  if (layers.masks && masks) {
    context.imageSmoothingEnabled = false;
    context.drawImage(masks.canvas, 0, 0, masks.right * size.width, masks.bottom * size.height);
    context.imageSmoothingEnabled = true;
  }
  context.lineJoin = 'round';
  context.lineCap = 'round';
  if (layers.trails) for (const object of result.objects) drawTrail(context, scale, object, trails, time);
  if (layers.boxes) for (const object of result.objects) drawBox(context, scale, object);
  if (layers.keypoints) for (const object of result.objects) drawKeypoints(context, scale, object);
  // Labels last and the best on top, so that no box crosses them.
  if (layers.labels) for (const object of result.objects.toReversed()) drawLabel(context, scale, object, size);
}

function drawTrail(context, scale, object, trails, time) {
  if (!object.track) return;
  const points = trails.until(object.track.track_id, time);
  context.strokeStyle = colorOf(object.label);
  context.lineWidth = 2.5;
  for (let i = 1; i < points.length; i++) {
    context.globalAlpha = 0.85 * (1 - points[i].age);
    context.beginPath();
    context.moveTo(points[i - 1].x * scale, points[i - 1].y * scale);
    context.lineTo(points[i].x * scale, points[i].y * scale);
    context.stroke();
  }
  context.globalAlpha = 1;
}

function drawBox(context, scale, { box, label, track }) {
  context.beginPath();
  context.roundRect(box.left * scale, box.top * scale, box.width * scale, box.height * scale, 3);
  context.setLineDash(track?.state === 'TENTATIVE' ? [5, 4] : []);
  context.strokeStyle = 'rgb(0 0 0 / 45%)';
  context.lineWidth = 4;
  context.stroke();
  context.strokeStyle = colorOf(label);
  context.lineWidth = 2;
  context.stroke();
  context.setLineDash([]);
}

function drawKeypoints(context, scale, { keypoints, label }) {
  if (!keypoints) return;
  const seen = new Map(keypoints.filter(isSeen).map((point) => [point.name, point]));
  context.strokeStyle = colorOf(label);
  context.lineWidth = 2;
  context.beginPath();
  for (const [from, to] of BONES) {
    if (seen.has(from) && seen.has(to)) {
      context.moveTo(seen.get(from).x * scale, seen.get(from).y * scale);
      context.lineTo(seen.get(to).x * scale, seen.get(to).y * scale);
    }
  }
  context.stroke();
  context.fillStyle = '#fff';
  for (const { x, y } of seen.values()) {
    context.beginPath();
    context.arc(x * scale, y * scale, 3, 0, 2 * Math.PI);
    context.fill();
    context.stroke();
  }
}

/** Numbers that are none come as text; a canvas would draw the line to such a point from the point before. */
const isSeen = ({ x, y, score }) => score >= LEAST_KEYPOINT_SCORE && Number.isFinite(x) && Number.isFinite(y);

function drawLabel(context, scale, { box, label, score, track }, size) {
  const text = `${label} ${Number(score).toFixed(2)}${track ? ` #${track.track_id}` : ''}`;
  context.font = '600 10.5px system-ui, sans-serif';
  context.textBaseline = 'middle';
  const width = context.measureText(text).width + 8;
  const left = Math.min(Math.max(0, box.left * scale - 1), Math.max(0, size.width - width));
  const above = box.top * scale - 16;
  const top = above >= 0 ? above : box.top * scale + 1;
  context.fillStyle = colorOf(label);
  context.beginPath();
  context.roundRect(left, top, width, 15, 3);
  context.fill();
  context.fillStyle = '#0d1117';
  context.fillText(text, left + 4, top + 8);
}
