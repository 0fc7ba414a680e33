// The two pictures of the chosen camera, with what was found in them.

import { byId, number, setText } from './dom.js';
import { drawResult, paintMasks } from './overlay.js';
import { Trails } from './trails.js';

const EMPTY = { objects: [], segmentation: null };

class Pane {
  #canvas;
  #note;

  constructor(name) {
    this.#canvas = byId(name);
    this.#note = byId(`${name}-note`);
  }

  get element() {
    return this.#canvas;
  }

  /** Draws a frame; without a bitmap what was found stands on an empty ground. */
  draw(frame, bitmap, layers, trails, masks, note) {
    const canvas = this.#canvas;
    canvas.parentElement.style.setProperty('--shape', `${frame.width} / ${frame.height}`);
    const size = { width: canvas.clientWidth, height: canvas.clientHeight };
    const density = Math.min(2, window.devicePixelRatio || 1);
    const [width, height] = [Math.round(size.width * density), Math.round(size.height * density)];
    if (!width || !height) return;
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
    const context = canvas.getContext('2d');
    context.setTransform(density, 0, 0, density, 0, 0);
    context.fillStyle = '#12171e';
    context.fillRect(0, 0, size.width, size.height);
    if (bitmap) context.drawImage(bitmap, 0, 0, size.width, size.height);
    if (frame.result) drawResult(context, size.width / frame.width, frame, layers, trails, masks, size);
    setText(this.#note, note);
    this.#note.hidden = !note;
  }

  clear(note) {
    const context = this.#canvas.getContext('2d');
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.#canvas.width, this.#canvas.height);
    setText(this.#note, note);
    this.#note.hidden = !note;
  }
}

export class Viewer {
  #source = new Pane('source');
  #examined = new Pane('examined');
  #trails = new Trails();
  #layers = {};
  #next = null;
  #busy = false;
  #shown = null;
  #frozen = false;
  #described = -Infinity;
  #resets = 0;

  constructor() {
    const fields = byId('layers').querySelectorAll('input');
    for (const field of fields) {
      this.#layers[field.name] = field.checked;
      field.addEventListener('change', () => {
        this.#layers[field.name] = field.checked;
        this.#redraw();
      });
    }
    byId('freeze').addEventListener('click', () => this.toggleFreeze());
    new ResizeObserver(() => this.#redraw()).observe(byId('source').parentElement);
    this.reset();
  }

  /** Another camera was chosen. */
  reset() {
    this.#resets++;
    this.#next = null;
    close(this.#shown);
    this.#shown = null;
    this.#trails.clear();
    this.#source.clear('Waiting for pictures');
    this.#examined.clear('Waiting for pictures');
    for (const id of ['source-caption', 'examined-caption', 'facts']) setText(byId(id), '');
  }

  addTracks(message) {
    this.#trails.add(message);
  }

  /** Shows a frame; while one is being fetched only the latest waits. */
  async show(frame) {
    this.#next = frame;
    if (this.#busy || this.#frozen) return;
    this.#busy = true;
    try {
      while (this.#next && !this.#frozen) {
        const current = this.#next;
        this.#next = null;
        const resets = this.#resets;
        const pictures = await fetchPictures(current);
        // Meanwhile somebody may have frozen the page, or have chosen another camera.
        if (this.#frozen || resets !== this.#resets) {
          close(pictures);
          continue;
        }
        this.#draw({ frame: current, ...pictures, masks: current.result ? paintMasks(current.result) : null });
      }
    } finally {
      this.#busy = false;
    }
  }

  /** A layer that only some models fill has its switch from the first time that there is something. */
  #offerLayer(name) {
    byId('layers').querySelector(`input[name="${name}"]`).parentElement.hidden = false;
  }

  toggleLayer(name) {
    byId('layers').querySelector(`input[name="${name}"]`).click();
  }

  toggleFreeze() {
    this.#frozen = !this.#frozen;
    byId('freeze').setAttribute('aria-pressed', String(this.#frozen));
    if (!this.#frozen && this.#next) this.show(this.#next);
  }

  #redraw() {
    if (this.#shown) this.#draw(this.#shown);
  }

  #draw(shown) {
    if (this.#shown !== shown) close(this.#shown);
    this.#shown = shown;
    const { frame, source, examined, masks } = shown;
    if (masks) this.#offerLayer('masks');
    if (frame.result?.objects.some((object) => object.keypoints?.length)) this.#offerLayer('keypoints');
    const sourceNote = source ? '' : frame.picture ? 'This picture is too large to be sent: see preview.max-picture-size' : 'The job sends no pictures: set kafka.topics.preview';
    const drawn = examined ?? source;
    const examinedNote = drawn ? '' : sourceNote;
    this.#source.draw(frame, source, this.#layers, this.#trails, masks, sourceNote);
    this.#examined.draw(frame, drawn, this.#layers, this.#trails, masks, examinedNote);
    this.#describe(frame, Boolean(examined));
  }

  #describe(frame, cleaned) {
    const result = frame.result ?? EMPTY;
    const settings = frame.result?.settings;
    setText(byId('source-caption'), `${frame.width} × ${frame.height} · frame ${number(frame.sequence)}`);
    setText(byId('examined-caption'), frame.result === null ? 'no result for this frame yet' : caption(cleaned, frame.result, settings));
    const now = performance.now();
    if (now - this.#described < 1000) return;
    this.#described = now;
    const found = summary(result.objects);
    this.#source.element.setAttribute('aria-label', `The picture as it came. Found: ${found}`);
    this.#examined.element.setAttribute('aria-label', `The picture as the model sees it. Found: ${found}`);
  }
}

function close(pictures) {
  pictures?.source?.close();
  pictures?.examined?.close();
}

function caption(cleaned, result, settings) {
  if (!result.denoised_frames) return 'noise reduction is off: the same picture';
  const strength = settings?.denoise_strength == null ? '' : `strength ${Number(settings.denoise_strength).toFixed(2)} · `;
  const frames = `${strength}rests on ${number(result.denoised_frames)} ${result.denoised_frames === 1 ? 'frame' : 'frames'}`;
  return cleaned ? frames : `${frames} · picture too large to be sent`;
}

function summary(objects) {
  const counts = new Map();
  for (const { label } of objects) counts.set(label, (counts.get(label) ?? 0) + 1);
  return counts.size ? [...counts].map(([label, count]) => `${count} ${label}`).join(', ') : 'nothing';
}

async function fetchPictures(frame) {
  const [source, examined] = await Promise.all(['source', 'examined'].map((kind) => (frame[kind] ? fetchPicture(frame.picture, kind) : null)));
  return { source, examined };
}

async function fetchPicture(id, kind) {
  try {
    const response = await fetch(`picture?id=${id}&kind=${kind}`);
    return response.ok ? await createImageBitmap(await response.blob()) : null;
  } catch {
    // The next frame brings another; the connection says itself when it is lost.
    return null;
  }
}
