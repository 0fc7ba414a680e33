// The strip of all cameras. The chosen one is a matter of the page; the strip only tells a click.

import { byId, element, number, setText } from './dom.js';

const SILENT_MS = 5000;
const THUMB_MS = 1500;
const FILTER_FROM = 8;

export class Cameras {
  #list = byId('cameras');
  #items = new Map();
  #choose;
  #chosen = null;

  constructor(choose) {
    this.#choose = choose;
    byId('filter').addEventListener('input', () => this.#filter());
  }

  get ids() {
    return [...this.#items.keys()];
  }

  update(cameras) {
    const ids = new Set(cameras.map((camera) => camera.id));
    for (const [id, item] of this.#items) {
      if (!ids.has(id)) {
        item.node.remove();
        this.#items.delete(id);
      }
    }
    for (const camera of cameras) {
      const known = this.#items.get(camera.id);
      if (known) known.show(camera);
      else this.#add(camera);
    }
    byId('filter-box').hidden = cameras.length < FILTER_FROM;
    byId('cameras-empty').hidden = cameras.length > 0;
  }

  mark(id) {
    this.#chosen = id;
    for (const [each, item] of this.#items) item.mark(each === id);
    this.#items.get(id)?.node.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** The camera that is so many places after the chosen one, in a circle. */
  neighbour(places) {
    const ids = this.ids.filter((id) => !this.#items.get(id).node.hidden);
    const at = ids.indexOf(this.#chosen);
    return ids[(at + places + ids.length) % ids.length];
  }

  #add(camera) {
    const item = new Item(camera, () => this.#choose(camera.id));
    item.mark(camera.id === this.#chosen);
    // The strip is in the order of names, also when one appears later.
    const after = [...this.#items].find(([id]) => id > camera.id);
    this.#list.insertBefore(item.node, after ? after[1].node : null);
    this.#items.set(camera.id, item);
    this.#items = new Map([...this.#items].sort(([a], [b]) => (a < b ? -1 : 1)));
    this.#filter();
  }

  #filter() {
    const wanted = byId('filter').value.trim().toLowerCase();
    for (const [id, item] of this.#items) item.node.hidden = !id.toLowerCase().includes(wanted);
  }
}

class Item {
  #picture = element('img', { alt: '', loading: 'lazy', decoding: 'async', width: 71, height: 40 });
  #facts = element('span', { class: 'camera-facts' });
  #button;
  #pictureId = 0;
  #loadedAt = 0;
  node;

  constructor(camera, onClick) {
    this.#picture.addEventListener('error', () => this.#picture.removeAttribute('src'));
    this.#button = element('button', { type: 'button' }, element('span', { class: 'thumb' }, this.#picture), element('span', { class: 'camera-name' }, camera.id), this.#facts);
    this.#button.title = camera.id;
    this.#button.addEventListener('click', onClick);
    this.node = element('li', {}, this.#button);
    this.show(camera);
  }

  show({ rate, objects, silent_ms: silent, picture }) {
    const lost = silent < 0 || silent > SILENT_MS;
    this.node.dataset.state = lost ? 'silent' : 'live';
    setText(this.#facts, silent < 0 ? 'no result' : lost ? `silent for ${number(silent / 1000)} s` : `${number(rate, 1)}/s · ${objects} obj.`);
    const now = performance.now();
    if (picture && picture !== this.#pictureId && now - this.#loadedAt > THUMB_MS && !this.node.hidden) {
      this.#pictureId = picture;
      this.#loadedAt = now;
      this.#picture.src = `picture?id=${picture}&kind=any`;
    }
  }

  mark(chosen) {
    if (chosen) this.#button.setAttribute('aria-current', 'true');
    else this.#button.removeAttribute('aria-current');
  }
}
