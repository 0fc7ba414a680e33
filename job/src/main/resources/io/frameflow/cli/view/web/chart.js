// Objects over time: a line for each kind.

import { byId, element, number, setText } from './dom.js';
import { colorOf } from './colors.js';

const MARGIN = { left: 30, right: 8, top: 10, bottom: 20 };

export class Chart {
  #canvas = byId('chart');
  #legend = byId('legend');
  #history = null;

  constructor() {
    new ResizeObserver(() => this.draw(this.#history)).observe(this.#canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.draw(this.#history));
  }

  draw(history) {
    this.#history = history;
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    if (!history || !width || !height) return;
    const density = Math.min(2, window.devicePixelRatio || 1);
    Object.assign(this.#canvas, { width: Math.round(width * density), height: Math.round(height * density) });
    const context = this.#canvas.getContext('2d');
    context.scale(density, density);
    const most = niceCeiling(Math.max(1, ...history.counts.flat()));
    const x = (second) => MARGIN.left + (second / (history.counts.length - 1)) * (width - MARGIN.left - MARGIN.right);
    const y = (count) => height - MARGIN.bottom - (count / most) * (height - MARGIN.top - MARGIN.bottom);
    drawAxes(context, this.#canvas, most, x, y, history.counts.length);
    history.labels.forEach((label, at) => drawLine(context, label, history.counts.map((second) => second[at]), x, y));
    this.#describe(history);
  }

  #describe({ labels, counts }) {
    const latest = counts.findLast((second) => second.length) ?? [];
    const texts = labels.map((label, at) => [label, number(latest[at] ?? 0, 1)]);
    const wanted = JSON.stringify(labels);
    if (this.#legend.dataset.labels !== wanted) {
      this.#legend.dataset.labels = wanted;
      this.#legend.replaceChildren(
        ...texts.map(([label]) => {
          const mark = element('i', { 'aria-hidden': 'true' });
          mark.style.setProperty('background', colorOf(label));
          return element('li', {}, mark, element('span', {}, label), element('b'));
        }),
      );
    }
    texts.forEach(([, count], at) => setText(this.#legend.children[at].lastChild, count));
    this.#canvas.setAttribute('aria-label', `Objects a frame over the last two minutes. Now: ${texts.map(([label, count]) => `${count} ${label}`).join(', ') || 'none'}`);
  }
}

function drawAxes(context, canvas, most, x, y, seconds) {
  const style = getComputedStyle(canvas);
  context.font = '11px system-ui, sans-serif';
  context.fillStyle = style.getPropertyValue('--muted');
  context.strokeStyle = style.getPropertyValue('--line');
  context.lineWidth = 1;
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const share of [0, 0.5, 1]) {
    const count = most * share;
    const at = Math.round(y(count)) + 0.5;
    context.beginPath();
    context.moveTo(x(0), at);
    context.lineTo(x(seconds - 1), at);
    context.stroke();
    context.fillText(number(count, count % 1 ? 1 : 0), x(0) - 6, at);
  }
  context.textBaseline = 'alphabetic';
  for (const [ago, text, align] of [[seconds - 1, '2 min ago', 'left'], [Math.floor(seconds / 2), '1 min', 'center'], [0, 'now', 'right']]) {
    context.textAlign = align;
    context.fillText(text, x(seconds - 1 - ago), canvas.clientHeight - 4);
  }
}

function drawLine(context, label, counts, x, y) {
  context.strokeStyle = colorOf(label);
  context.lineWidth = 2;
  context.lineJoin = 'round';
  context.beginPath();
  let open = false;
  counts.forEach((count, second) => {
    if (count === undefined) {
      open = false;
    } else if (open) {
      context.lineTo(x(second), y(count));
    } else {
      context.moveTo(x(second), y(count));
      open = true;
    }
  });
  context.stroke();
}

function niceCeiling(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 1.5, 2, 3, 4, 5, 6, 8, 10].map((step) => step * power).find((step) => step >= value);
}
