// What is new, as Server-Sent Events. Comes back by itself after the connection was lost.

const RETRY_MS = 2000;

export class Stream {
  #handlers;
  #source = null;
  #timer = 0;

  /** handlers: a function for each kind of message, and `state`, told connecting, live or lost. */
  constructor(handlers) {
    this.#handlers = handlers;
    // A page that is left must not hold a connection that others wait for.
    addEventListener('pagehide', () => this.#source?.close());
  }

  /** Follows a camera; an empty name follows none. */
  open(camera) {
    this.#source?.close();
    clearTimeout(this.#timer);
    const source = new EventSource(`stream?camera=${encodeURIComponent(camera)}`);
    this.#source = source;
    source.addEventListener('open', () => this.#handlers.state('live'));
    source.addEventListener('error', () => {
      if (source !== this.#source) return;
      this.#handlers.state('lost');
      // The browser comes back by itself only after some failures.
      if (source.readyState === EventSource.CLOSED) this.#timer = setTimeout(() => this.open(camera), RETRY_MS);
    });
    for (const kind of ['overview', 'camera', 'shown', 'tracks', 'acknowledgement']) {
      source.addEventListener(kind, (event) => {
        if (source === this.#source) this.#handlers[kind](JSON.parse(event.data));
      });
    }
  }
}
