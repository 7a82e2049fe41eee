/**
 * A log that grows on the page. Text is appended and never drawn anew; of a long log only the end is kept, as a browser gets slow
 * with more.
 */
import { html, nothing } from '/webjars/lit-html/lit-html.js';

const KEPT_CHARACTERS = 512 * 1024;
const NEAR_PIXELS = 40;

export class Log {
  #text = Object.assign(document.createElement('pre'), { className: 'log', tabIndex: 0 });
  #length = 0;
  #isCut = false;

  constructor() {
    this.#text.setAttribute('role', 'log');
    this.#text.setAttribute('aria-label', 'Output of the driver');
    this.#text.setAttribute('aria-live', 'off');
  }

  /** Stays at the end if that is where the reader is. */
  add({ text }) {
    const follows = this.#text.scrollHeight - this.#text.scrollTop - this.#text.clientHeight < NEAR_PIXELS;
    this.#text.append(text);
    this.#length += text.length;
    this.#cut();
    if (follows) {
      this.#text.scrollTop = this.#text.scrollHeight;
    }
  }

  view() {
    return html`<section>
      <h2>Log</h2>
      ${this.#isCut ? html`<p class="quiet small">Only the end is shown here; GET /api/v1/jobs/ID/log gives all of it.</p>` : nothing}
      ${this.#length ? this.#text : html`<p class="card quiet">Nothing yet: the job writes here once it runs.</p>`}
    </section>`;
  }

  #cut() {
    while (this.#length > KEPT_CHARACTERS && this.#text.childNodes.length > 1) {
      this.#length -= this.#text.firstChild.length;
      this.#text.firstChild.remove();
      this.#isCut = true;
    }
  }
}
