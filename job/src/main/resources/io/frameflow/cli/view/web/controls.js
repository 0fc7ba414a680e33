// The settings: sliders that write to the job's control topic, and what became of it.

import { byId, milliseconds, setText } from './dom.js';

const SLIDERS = ['score_threshold', 'nms_iou_threshold', 'denoise_strength'];
const SEND_EVERY_MS = 100;
const PATIENCE_MS = 10_000;
const MAX_EARLY = 50;

export class Controls {
  #camera = null;
  #wanted = new Map();
  #sending = false;
  #timer = 0;
  #lastSent = 0;
  /** What was sent and has not been both acknowledged and seen in a result: by its id. */
  #open = new Map();
  /** Acknowledgements of changes whose request has not been answered yet, or that are not ours. */
  #early = new Map();
  /** The last change; what became of those before is of interest only where they failed. */
  #latest = null;
  /** Until when a field keeps what the user chose, whatever results say. */
  #held = new Map();

  constructor() {
    for (const name of SLIDERS) {
      const field = byId(name);
      field.addEventListener('input', () => {
        this.#showValue(name, Number(field.value));
        this.#change(name, Number(field.value));
      });
    }
    byId('denoise_preset').addEventListener('change', (event) => this.#change('denoise_preset', event.target.value));
    byId('settings').addEventListener('submit', (event) => event.preventDefault());
  }

  /** Another camera was chosen; what is on its way for the one before stays on its way. */
  choose(camera) {
    this.#camera = camera;
    this.#held.clear();
    for (const name of SLIDERS) setText(byId(`${name}-value`), '–');
  }

  /** Shows what a result was examined with. */
  inForce(settings) {
    if (!settings) return;
    const sent = this.#open.get(settings.control_id);
    if (sent && !sent.firstResult) {
      sent.firstResult = performance.now() - sent.at;
      this.#tell(settings.control_id, sent);
    }
    for (const name of [...SLIDERS, 'denoise_preset']) {
      const value = settings[name];
      const field = byId(name);
      const known = value !== null && value !== undefined;
      if (known && !(this.#held.get(name) > performance.now()) && field.dataset.active !== 'true') {
        if (Math.abs(Number(field.value) - value) > 0.0049 || (typeof value === 'string' && field.value !== value)) field.value = value;
        if (typeof value === 'number') this.#showValue(name, value);
      }
    }
  }

  /** What became of a change: ours, or somebody else's. */
  acknowledged(record) {
    const sent = this.#open.get(record.control_id);
    if (!sent) {
      this.#early.set(record.control_id, record);
      if (this.#early.size > MAX_EARLY) this.#early.delete(this.#early.keys().next().value);
      return;
    }
    if (record.outcome === 'APPLIED') {
      sent.subtasks = record.subtasks;
      this.#tell(record.control_id, sent);
    } else {
      sent.refused = true;
      this.#open.delete(record.control_id);
      this.#held.clear();
      this.#say('failed', `${record.outcome === 'REFUSED' ? 'Refused' : 'Failed'}: ${record.message}`);
    }
  }

  /** An acknowledgement and the first result come in any order. */
  #tell(id, sent) {
    const { subtasks, firstResult } = sent;
    if (subtasks && firstResult) this.#open.delete(id);
    if (id !== this.#latest) return;
    const where = subtasks ? ` in ${subtasks === 1 ? '1 subtask' : `${subtasks} subtasks`}` : '';
    const when = firstResult ? `, first result after ${milliseconds(firstResult)}` : '';
    this.#say('done', `Applied${where}${when}`);
  }

  #change(name, value) {
    this.#held.set(name, performance.now() + PATIENCE_MS);
    this.#wanted.set(name, value);
    const wait = this.#lastSent + SEND_EVERY_MS - performance.now();
    clearTimeout(this.#timer);
    if (wait <= 0) this.#send();
    else this.#timer = setTimeout(() => this.#send(), wait);
  }

  async #send() {
    if (this.#sending || !this.#wanted.size) return;
    const all = byId('settings').elements.scope.value === 'all';
    if (!all && this.#camera === null) return;
    const names = [...this.#wanted.keys()];
    const change = { camera: all ? null : this.#camera, ...Object.fromEntries(this.#wanted) };
    this.#wanted.clear();
    this.#sending = true;
    this.#lastSent = performance.now();
    const at = this.#lastSent;
    if (!this.#open.size) this.#say('sending', 'Sending');
    try {
      const response = await fetch('control', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(change) });
      const answer = response.headers.get('Content-Type')?.startsWith('application/json') ? await response.json() : { error: await response.text() };
      if (response.ok) this.#sent(answer.control_id, names, at);
      else this.#refused(names, answer.error);
    } catch {
      this.#refused(names, 'the connection is lost');
    } finally {
      this.#sending = false;
      if (this.#wanted.size) this.#send();
    }
  }

  #sent(id, names, at) {
    const sent = { at, subtasks: 0, firstResult: 0 };
    this.#open.set(id, sent);
    this.#latest = id;
    this.#say('sending', 'Sent, waiting for the job');
    setTimeout(() => {
      this.#open.delete(id);
      if (!sent.subtasks && !sent.firstResult && !sent.refused) this.#say('failed', 'No answer from the job: does it run, with kafka.topics.control set?');
    }, PATIENCE_MS);
    const early = this.#early.get(id);
    if (early) this.acknowledged(early);
    // From now on what results say counts again, as soon as they had time to.
    for (const name of names) if (!this.#wanted.has(name)) this.#held.set(name, performance.now() + 1500);
  }

  #refused(names, reason) {
    for (const name of names) this.#held.delete(name);
    this.#say('failed', `Not sent: ${reason}`);
  }

  #showValue(name, value) {
    const text = name === 'denoise_strength' && value === 0 ? 'off' : value.toFixed(2);
    setText(byId(`${name}-value`), text);
    byId(name).setAttribute('aria-valuetext', text);
    byId(name).style.setProperty('--filled', `${100 * value}%`);
  }

  #say(state, text) {
    const line = byId('acknowledgement');
    line.dataset.state = state;
    setText(line, text);
  }
}
