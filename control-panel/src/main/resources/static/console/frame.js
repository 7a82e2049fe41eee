/** What stands around every page: the way to the others, the theme, who is signed in. */
import { html } from '/webjars/lit-html/lit-html.js';
import { icon } from './icons.js';
import { signOut } from './session.js';
import { nextTheme } from './theme.js';

const PLACES = [
  { path: '/jobs', name: 'Jobs', icon: 'jobs' },
  { path: '/submit', name: 'Submit', icon: 'submit' },
  { path: '/consent', name: 'Consent', icon: 'consent' },
  { path: '/files', name: 'Files', icon: 'files' },
  { path: '/hosts', name: 'Hosts', icon: 'hosts' },
];

export const frame = (path, page) => html`
  <a class="skip" href="#main" @click=${skip}>Skip to the content</a>
  <header class="bar">
    <a class="brand" href="#/jobs"><img src="/console/icon.svg" alt="" width="28" height="28">LiveMR</a>
    <div class="bar-end">
      <button class="icon-button" title="Light or dark" aria-label="Light or dark" @click=${nextTheme}>${icon('theme')}</button>
      <button class="quiet-button" @click=${signOut}>Sign out</button>
    </div>
  </header>
  <nav class="places" aria-label="Main">
    ${PLACES.map(place => html`
      <a href=${`#${place.path}`} aria-current=${current(path, place)}>${icon(place.icon)}<span>${place.name}</span></a>`)}
  </nav>
  <main id="main" tabindex="-1">${page}</main>
  <dialog id="confirm" aria-label="Are you sure?"><form method="dialog"><p></p>
    <button value="no">Cancel</button> <button class="danger" value="yes"></button></form></dialog>`;

const current = (path, place) => path === place.path ? 'page' : path.startsWith(`${place.path}/`) ? 'true' : 'false';

/** The address after # is the page's: a plain link to #main would leave it. */
function skip(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}
