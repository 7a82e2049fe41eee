/** Who read which file, when, by whose yes. */
import { html, nothing } from '/webjars/lit-html/lit-html.js';
import { get } from '../api.js';
import { instant } from '../format.js';
import { badge, empty, pager } from '../parts.js';
import { wordOf } from '../words.js';

const SIZE = 50;
const FIELDS = ['event', 'vm', 'path', 'account'];
const EVENTS = ['JOB_SUBMITTED', 'JOB_KILLED', 'FILE_ASKED', 'FILE_GRANTED', 'FILE_DENIED', 'FILE_READ', 'FILE_REVOKED', 'FILE_EXPIRED', 'FILE_FAILED',
  'ACCOUNT_CREATED', 'ACCOUNT_CHANGED', 'ACCOUNT_CLOSED', 'PROJECT_SET', 'PROJECT_REMOVED'];

export async function audit({ show, signal, query }) {
  const filter = new URLSearchParams(FIELDS.filter(name => query.get(name)).map(name => [name, query.get(name)]));
  const page = Number(query.get('page') ?? 0);
  show(view(await get(`/api/v1/audit?${new URLSearchParams([...filter, ['page', page], ['size', SIZE]])}`, { signal }), filter));
}

/** The filter stands in the address, so that it can be sent to somebody. */
function choose(event) {
  event.preventDefault();
  location.hash = `#/audit?${new URLSearchParams([...new FormData(event.target)].filter(([, value]) => value.trim()))}`;
}

const view = (list, filter) => html`
  <h1 tabindex="-1">Audit</h1>
  <form class="card filter" @submit=${choose}>
    <div class="field"><label for="event">What</label>
      <select id="event" name="event"><option value="">Everything</option>
        ${EVENTS.map(event => html`<option value=${event} ?selected=${filter.get('event') === event}>${wordOf(event)}</option>`)}</select></div>
    ${text('vm', 'Machine', filter)}${text('path', 'Path', filter)}${text('account', 'Account', filter)}
    <button>Show</button>
  </form>
  ${list.items.length ? table(list.items) : empty('audit', 'No rows', filter.size ? 'Nothing of the log is like that.' : 'Here stands who read which file of which machine, when, and by whose yes.')}
  ${pager(list, page => `#/audit?${new URLSearchParams([...filter, ['page', page]])}`)}`;

const text = (id, label, filter) => html`<div class="field"><label for=${id}>${label}</label>
  <input id=${id} name=${id} .value=${filter.get(id) ?? ''} autocomplete="off" spellcheck="false"></div>`;

const table = rows => html`
  <div class="card flush">
    <table>
      <caption class="unseen">Rows of the audit log, newest first</caption>
      <thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">Of what</th><th scope="col" class="wide">Who</th><th scope="col" class="wide">Whose yes</th></tr></thead>
      <tbody>${rows.map(row => html`
        <tr>
          <td><time datetime=${row.at}>${instant(row.at)}</time></td>
          <td>${badge(row.event)}${row.reason ? html`<div class="quiet small"><code>${row.reason}</code></div>` : nothing}</td>
          <td>${subject(row)}</td>
          <td class="wide">${row.account ?? '–'}<div class="quiet small">${row.project}</div></td>
          <td class="wide">${yes(row)}</td>
        </tr>`)}</tbody>
    </table>
  </div>`;

const subject = row => html`
  ${row.path ? html`<div class="path">${row.vm}:${row.path}</div>` : nothing}
  ${row.subject ? html`<div>${row.subject}</div>` : nothing}
  ${row.job ? html`<a class="small" href=${`#/jobs/${row.job}`}>job ${row.job.slice(0, 8)}</a>` : nothing}`;

const yes = row => row.grantedBy === 'policy' ? 'the machine’s policy' : row.grantedBy ? row.owner ?? 'the owner' : '–';
