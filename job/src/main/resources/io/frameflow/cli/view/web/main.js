// Brings the parts of the page together.

import { Cameras } from './cameras.js';
import { Chart } from './chart.js';
import { Controls } from './controls.js';
import { byId, number, setText } from './dom.js';
import { showDeadLetters, showEvents, showFacts, showStages } from './panels.js';
import { Stream } from './stream.js';
import { Viewer } from './viewer.js';

const STATES = { connecting: 'Connecting', live: 'Live', lost: 'Connection lost, trying again' };

let chosen = new URLSearchParams(location.hash.slice(1)).get('camera');

const viewer = new Viewer();
const controls = new Controls();
const chart = new Chart();
const cameras = new Cameras(choose);
const stream = new Stream({
  state(state) {
    byId('connection').dataset.state = state;
    setText(byId('connection-text'), STATES[state]);
  },
  overview(message) {
    cameras.update(message.cameras);
    setText(byId('total-cameras'), number(message.cameras.length));
    setText(byId('total-rate'), number(message.cameras.reduce((sum, camera) => sum + camera.rate, 0), 1));
    setText(byId('total-dead-letters'), number(message.dead_letters));
    byId('total-dead-letters-box').dataset.state = message.dead_letters ? 'bad' : 'good';
    setText(byId('problem'), message.problem ? message.problem[0].toUpperCase() + message.problem.slice(1) : '');
    byId('problem').hidden = !message.problem;
    showDeadLetters(message);
    if (chosen === null && message.cameras.length) choose(message.cameras[0].id);
  },
  camera(message) {
    if (message.id !== chosen) return;
    showFacts(message);
    showStages(message);
    showEvents(message.events);
    chart.draw(message.history);
    controls.inForce(message.settings);
  },
  shown(message) {
    if (message.camera !== chosen) return;
    controls.inForce(message.result?.settings);
    viewer.show(message);
  },
  tracks: (message) => viewer.addTracks(message),
  acknowledgement: ({ record }) => controls.acknowledged(record),
});

function choose(camera) {
  chosen = camera;
  const hash = new URLSearchParams({ camera }).toString();
  history.replaceState(null, '', `#${hash}`);
  document.title = `${camera} · Frameflow`;
  setText(byId('camera-title'), camera);
  cameras.mark(camera);
  viewer.reset();
  controls.choose(camera);
  stream.open(camera);
}

const SHORTCUTS = {
  j: () => move(1),
  k: () => move(-1),
  s: () => byId('score_threshold').focus(),
  o: () => byId('nms_iou_threshold').focus(),
  n: () => byId('denoise_strength').focus(),
  b: () => viewer.toggleLayer('boxes'),
  l: () => viewer.toggleLayer('labels'),
  t: () => viewer.toggleLayer('trails'),
  p: () => viewer.toggleLayer('keypoints'),
  m: () => viewer.toggleLayer('masks'),
  ' ': () => viewer.toggleFreeze(),
  '?': () => byId('help').showModal(),
};

function move(places) {
  const next = cameras.neighbour(places);
  if (next !== undefined) choose(next);
}

document.addEventListener('keydown', (event) => {
  const target = event.target;
  const typing = target.matches('input[type="search"], select');
  const pressing = event.key === ' ' && target.matches('button, input, summary, a');
  if (event.ctrlKey || event.metaKey || event.altKey || typing || pressing || byId('help').open) return;
  const shortcut = SHORTCUTS[event.key];
  if (shortcut) {
    event.preventDefault();
    shortcut();
  }
});
byId('help-open').addEventListener('click', () => byId('help').showModal());
addEventListener('hashchange', () => {
  const camera = new URLSearchParams(location.hash.slice(1)).get('camera');
  if (camera !== null && camera !== chosen) choose(camera);
});

if (chosen === null) stream.open('');
else choose(chosen);
