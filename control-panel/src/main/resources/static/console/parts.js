/** Small pieces that several pages are made of. */
import { html, nothing } from '/webjars/lit-html/lit-html.js';
import { ago, instant } from './format.js';
import { icon } from './icons.js';
import { toneOf, wordOf } from './words.js';

export const badge = state => html`<span class="badge ${toneOf(state)}" data-state=${state}>${wordOf(state)}</span>`;

export const time = iso => iso ? html`<time datetime=${iso} title=${instant(iso)}>${ago(iso)}</time>` : '–';

/** What went wrong, in the panel's own words. */
export const problemBox = problem => problem ? html`
  <div class="notice bad" role="alert">
    ${icon('alert')}<div><strong>${problem.title ?? 'Error'}</strong>
    <p>${problem.message}</p>${problem.reason ? html`<p class="quiet">reason <code>${problem.reason}</code></p>` : nothing}</div>
  </div>` : nothing;

/** What stands where a list would be. */
export const empty = (name, title, text, action = nothing) => html`
  <div class="empty">${icon(name)}<h2>${title}</h2><p>${text}</p>${action}</div>`;

/** The way to the other pages of a list, where it has some. */
export const pager = ({ page, size, total }, link) => total <= size && page === 0 ? nothing : html`
  <nav class="pager" aria-label="Pages">
    ${page > 0 ? html`<a class="button" href=${link(page - 1)}>Back</a>` : nothing}
    <span class="quiet">${total ? `${Math.min(total, page * size + 1)}–${Math.min(total, (page + 1) * size)} of ${total}` : 'none'}</span>
    ${(page + 1) * size < total ? html`<a class="button" href=${link(page + 1)}>Further</a>` : nothing}
  </nav>`;

/** Hosts that gave no answer, so that what they have is missing. */
export const silence = ({ silent }) => silent ? html`
  <div class="notice warn" role="status">${icon('alert')}<p>No answer from <span class="path">${silent}</span>: what is there is missing here.</p></div>` : nothing;

/** A labelled control with its hint and what the panel said about it. */
export const field = ({ id, label, hint, error }, control) => html`
  <div class="field">
    <label for=${id}>${label}</label>
    ${control}
    ${hint ? html`<p class="hint" id="${id}-hint">${hint}</p>` : nothing}
    ${error ? html`<p class="error" id="${id}-error">${error}</p>` : nothing}
  </div>`;

/** Which texts describe a control of a field. */
export const describedBy = ({ id, hint, error }) => [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || nothing;

/** Asks before something that cannot be taken back. */
export function confirm(question, word) {
  const dialog = document.getElementById('confirm');
  dialog.querySelector('p').textContent = question;
  dialog.querySelector('button[value=yes]').textContent = word;
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise(done => dialog.addEventListener('close', () => done(dialog.returnValue === 'yes'), { once: true }));
}
