/** The list of jobs, newest first. */
import { html, nothing } from '/webjars/lit-html/lit-html.js';
import { get } from '../api.js';
import { duration, plural } from '../format.js';
import { badge, empty, pager, time } from '../parts.js';
import { mayChange } from '../session.js';
import { every } from '../time.js';

const SIZE = 20;
const LOOK_MILLIS = 2000;
const FILTERS = [
  { name: 'All', states: [] },
  { name: 'Waiting', states: ['SUBMITTED', 'AWAITING_CONSENT', 'COMPOSING'] },
  { name: 'Running', states: ['RUNNING'] },
  { name: 'Succeeded', states: ['SUCCEEDED'] },
  { name: 'Failed', states: ['FAILED'] },
  { name: 'Killed', states: ['KILLED'] },
];

export async function jobs({ show, signal, query }) {
  const filter = FILTERS.find(one => one.name === query.get('show')) ?? FILTERS[0];
  const page = Number(query.get('page') ?? 0);
  const look = async () => show(view(await get(address(filter, page), { signal }), filter));
  await look();
  every(LOOK_MILLIS, signal, look);
}

const address = (filter, page) => `/api/v1/jobs?${new URLSearchParams([['page', page], ['size', SIZE], ...filter.states.map(state => ['state', state])])}`;

const view = (list, filter) => html`
  <div class="title"><h1 tabindex="-1">Jobs</h1>${mayChange() ? html`<a class="button primary" href="#/submit">Submit a job</a>` : nothing}</div>
  <nav class="filters" aria-label="Show">
    ${FILTERS.map(one => html`<a href=${link(one, 0)} aria-current=${one === filter ? 'page' : 'false'}>${one.name}</a>`)}
  </nav>
  ${list.items.length ? table(list) : nobody(filter)}
  ${pager(list, page => link(filter, page))}`;

const link = (filter, page) => `#/jobs?${new URLSearchParams([['show', filter.name], ['page', page]])}`;

const table = list => html`
  <div class="card flush">
    <table>
      <caption class="unseen">Jobs, newest first</caption>
      <thead><tr><th scope="col">Job</th><th scope="col">State</th><th scope="col" class="wide">Input</th>
        <th scope="col" class="wide">Submitted</th><th scope="col" class="wide number">Took</th></tr></thead>
      <tbody>${list.items.map(row)}</tbody>
    </table>
  </div>`;

const row = job => html`
  <tr>
    <td><a class="strong" href=${`#/jobs/${job.id}`}>${job.name ?? job.mainClass}</a>
      ${job.name === job.mainClass ? nothing : html`<div class="quiet small cut">${job.mainClass}</div>`}</td>
    <td>${badge(job.state)}<div class="narrow quiet small">${time(job.createdAt)}</div></td>
    <td class="wide">${plural(job.inputs.length, 'file')}<div class="quiet small cut">${[...new Set(job.inputs.map(input => input.vm))].join(', ')}</div></td>
    <td class="wide">${time(job.createdAt)}</td>
    <td class="wide number">${job.startedAt ? duration(Date.parse(job.finishedAt ?? new Date()) - Date.parse(job.startedAt)) : '–'}</td>
  </tr>`;

const nobody = filter => filter === FILTERS[0]
  ? empty('jobs', 'No jobs yet', 'Submit a jar and the files that it reads. Their owners are asked, and then it runs.',
      mayChange() ? html`<a class="button primary" href="#/submit">Submit the first job</a>` : nothing)
  : empty('jobs', 'Nothing here', `No job is ${filter.name.toLowerCase()}.`, html`<a class="button" href="#/jobs">Show all jobs</a>`);
