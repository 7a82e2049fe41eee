/**
 * Shows the page that the address names. A page is a function that gets
 * {show, signal, params, query}: it shows templates as often as it likes, and whatever it has started ends with the signal.
 */
import { html, render } from '/webjars/lit-html/lit-html.js';
import { frame } from './frame.js';
import { problemBox } from './parts.js';
import { hasPassword, isOpenTo, mayChange, whoIsSignedIn } from './session.js';
import { audit } from './pages/audit.js';
import { consent } from './pages/consent.js';
import { files } from './pages/files.js';
import { hosts } from './pages/hosts.js';
import { job } from './pages/job.js';
import { jobs } from './pages/jobs.js';
import { password } from './pages/password.js';
import { signIn } from './pages/sign-in.js';
import { submit } from './pages/submit.js';

const ROUTES = [
  { pattern: /^\/jobs$/, page: jobs, title: 'Jobs' },
  { pattern: /^\/jobs\/(?<id>[^/]+)$/, page: job, title: 'Job' },
  { pattern: /^\/submit$/, page: submit, title: 'Submit a job', isFor: mayChange },
  { pattern: /^\/consent$/, page: consent, title: 'Consent' },
  { pattern: /^\/files$/, page: files, title: 'Files' },
  { pattern: /^\/hosts$/, page: hosts, title: 'Machines' },
  { pattern: /^\/audit$/, page: audit, title: 'Audit' },
  { pattern: /^\/password$/, page: password, title: 'Password', isFor: hasPassword },
];
const HOME = '/jobs';

let ending = new AbortController();

export function open() {
  ending.abort();
  ending = new AbortController();
  if (whoIsSignedIn()) {
    openPage(ending.signal);
  } else {
    begin(signIn, { title: 'Sign in', signal: ending.signal, framed: template => template });
  }
}

function openPage(signal) {
  const [path, query] = location.hash.slice(1).split('?');
  const route = ROUTES.find(one => one.pattern.test(path));
  if (!route || !isOpenTo(route)) {
    location.replace(`#${HOME}`);
    return;
  }
  begin(route.page, {
    title: route.title, signal, params: path.match(route.pattern).groups ?? {}, query: new URLSearchParams(query),
    framed: template => frame(path, template),
  });
}

async function begin(page, { title, signal, params, query, framed }) {
  const show = template => signal.aborted || render(framed(template), document.getElementById('app'));
  document.title = `${title} · LiveMR`;
  show(html`<h1 tabindex="-1">${title}</h1><p class="quiet" role="status">Loading…</p>`);
  try {
    await page({ show, signal, params, query });
  } catch (problem) {
    show(html`<h1 tabindex="-1">${title}</h1>${problemBox(problem)}`);
  }
  focusHeading(signal);
}

/** A reader of the screen hears where it is; the keyboard goes on from there. */
function focusHeading(signal) {
  if (!signal.aborted && !document.activeElement?.closest('input, textarea, select')) {
    document.querySelector('h1')?.focus({ preventScroll: true });
  }
}
