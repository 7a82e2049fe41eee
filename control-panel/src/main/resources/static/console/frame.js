/** What stands around every page: the way to the others, the theme, who is signed in. */
import { html, nothing } from '/webjars/lit-html/lit-html.js';
import { icon } from './icons.js';
import { hasPassword, isOpenTo, mayChange, signOut, whoIsSignedIn } from './session.js';
import { nextTheme } from './theme.js';

const PLACES = [
  { path: '/jobs', name: 'Jobs', icon: 'jobs' },
  { path: '/submit', name: 'Submit', icon: 'submit', isFor: mayChange },
  { path: '/consent', name: 'Consent', icon: 'consent' },
  { path: '/files', name: 'Files', icon: 'files' },
  { path: '/hosts', name: 'Machines', icon: 'hosts' },
  { path: '/audit', name: 'Audit', icon: 'audit' },
];

export const frame = (path, page) => html`
  <a class="skip" href="#main" @click=${skip}>Skip to the content</a>
  <header class="bar">
    <a class="brand" href="#/jobs"><img src="/console/icon.svg" alt="" width="28" height="28">LiveMR</a>
    <div class="bar-end">
      <button class="icon-button" title="Light or dark" aria-label="Light or dark" @click=${nextTheme}>${icon('theme')}</button>
      <span class="who quiet small"><strong>${whoIsSignedIn().name}</strong>${whoIsSignedIn().project ? ` · ${whoIsSignedIn().project}` : ''}</span>
      ${hasPassword() ? html`<a href="#/password">Password</a>` : nothing}
      <button class="quiet-button" @click=${signOut}>Sign out</button>
    </div>
  </header>
  <nav class="places" aria-label="Main">
    ${PLACES.filter(isOpenTo).map(place => html`
      <a href=${`#${place.path}`} aria-current=${current(path, place)}>${icon(place.icon)}<span>${place.name}</span></a>`)}
  </nav>
  <main id="main" tabindex="-1">
    <p class="notice warn away-note" role="alert">The panel gives no answer. What stands here is what it said last; it goes on by itself.</p>
    ${page}</main>
  <dialog id="confirm" aria-label="Are you sure?"><form method="dialog"><p></p>
    <button value="no">Cancel</button> <button class="danger" value="yes"></button></form></dialog>`;

const current = (path, place) => path === place.path ? 'page' : path.startsWith(`${place.path}/`) ? 'true' : 'false';

/** The address after # is the page's: a plain link to #main would leave it. */
function skip(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}
