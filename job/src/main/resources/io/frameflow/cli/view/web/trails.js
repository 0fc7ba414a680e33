// Where each track of the camera went in the last seconds.

const KEPT_US = 3_000_000;
const MAX_POINTS = 120;
const MAX_TRACKS = 500;

export class Trails {
  #tracks = new Map();
  #last = 0;

  /** Takes the places of the tracks of a frame. */
  add({ capture_time_us: time, tracks }) {
    // A clock that was set back, or a clip that begins anew.
    if (time < this.#last - KEPT_US) this.clear();
    this.#last = Math.max(this.#last, time);
    for (const [id, x, y] of tracks) {
      let points = this.#tracks.get(id);
      if (!points) this.#tracks.set(id, (points = []));
      points.push({ time, x, y });
      if (points.length > MAX_POINTS) points.shift();
    }
    this.#forget();
  }

  /** The points of a track up to a time, the oldest first, each with its age from 0 to 1. */
  until(id, time) {
    return (this.#tracks.get(id) ?? [])
      .filter((point) => point.time <= time && point.time > time - KEPT_US)
      .map(({ x, y, time: at }) => ({ x, y, age: (time - at) / KEPT_US }));
  }

  clear() {
    this.#tracks.clear();
    this.#last = 0;
  }

  #forget() {
    for (const [id, points] of this.#tracks) {
      if (points[points.length - 1].time < this.#last - KEPT_US || this.#tracks.size > MAX_TRACKS) this.#tracks.delete(id);
    }
  }
}
