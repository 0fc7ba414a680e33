// Figures beside the pictures: stages, events, dead letters.

import { byId, clock, element, milliseconds, number, setText } from './dom.js';

const STAGES = { queue: 'Waiting for a batch', decode: 'Decoding', denoise: 'Noise reduction', preprocess: 'Scaling', inference: 'Model', postprocess: 'Post-processing', tracking: 'Tracking' };
const EVENTS = {
  CONFIRMED: 'is followed', LOST: 'is lost', RECOVERED: 'is seen again', ENDED: 'has ended', ZONE_ENTERED: 'entered', ZONE_EXITED: 'left',
  LINE_CROSSED: 'crossed', OVERCROWDING_BEGAN: 'Too many in', OVERCROWDING_ENDED: 'No longer too many in', DIRECTION_CHANGED: 'began to move',
};

export function showStages(camera) {
  const entries = Object.entries(camera.stages_us);
  const most = Math.max(1, ...entries.map(([, micros]) => micros));
  const body = byId('stages');
  if (body.children.length !== entries.length) {
    body.replaceChildren(...entries.map(([stage]) => element('tr', {}, element('th', { scope: 'row' }, STAGES[stage] ?? stage), element('td', { class: 'bar-cell' }, element('span', { class: 'meter', 'aria-hidden': 'true' })), element('td', { class: 'value' }))));
  }
  entries.forEach(([, micros], at) => {
    const row = body.children[at];
    row.querySelector('.meter').style.setProperty('--share', micros / most);
    setText(row.lastChild, milliseconds(micros / 1000));
  });
  setText(byId('latency'), `${number(camera.rate, 1)}/s · from capture to result ${milliseconds(camera.latency_median_ms)}, p99 ${milliseconds(camera.latency_p99_ms)}`);
}

export function showFacts(camera) {
  const model = camera.model ? `${camera.model.name} ${camera.model.version} · ${camera.model.engine} ${camera.model.precision}` : '';
  const lost = camera.dropped ? ` · ${number(camera.dropped)} messages skipped: this browser is too slow for them` : '';
  setText(byId('facts'), model + lost);
}

export function showEvents(events) {
  byId('events-empty').hidden = events.length > 0;
  const list = byId('events');
  const key = events.length ? `${events[0].sequence} ${events[0].track_id} ${events[0].type} ${events.length}` : '';
  if (list.dataset.key === key) return;
  list.dataset.key = key;
  list.replaceChildren(...events.map((event) => element('li', {}, element('time', {}, clock(event.capture_time_us)), element('span', {}, eventText(event)))));
}

function eventText({ type, track_id: id, label, analytics }) {
  const what = EVENTS[type] ?? type;
  const where = analytics ? ` ${analytics.label}` : '';
  return id ? `${label} #${id} ${what}${where}` : `${what}${where}`;
}

export function showDeadLetters({ dead_letters: total, latest_dead_letters: letters, unreadable }) {
  byId('letters-empty').hidden = total > 0;
  byId('letters-box').hidden = total === 0;
  const others = unreadable ? ` · ${number(unreadable)} records of other versions` : '';
  setText(byId('letters-total'), (total ? `${number(total)} since this page was started` : '') + others);
  const body = byId('letters');
  if (body.dataset.total === String(total)) return;
  body.dataset.total = String(total);
  body.replaceChildren(
    ...letters.map((letter) =>
      element('tr', {}, ...[`${letter.source_topic}-${letter.source_partition}@${letter.source_offset}`, letter.camera_id ?? '–', letter.stage].map((text) => element('td', {}, text)), element('td', {}, element('code', {}, letter.code)), element('td', {}, letter.message)),
    ),
  );
}
