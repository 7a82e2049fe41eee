/** What owners were asked, by whom it must be answered, and what they said. */
import { html, nothing } from '/webjars/lit-html/lit-html.js';
import { getJoint } from '../api.js';
import { badge, empty, pager, silence, time } from '../parts.js';
import { every } from '../time.js';

const SIZE = 50;
const LOOK_MILLIS = 2000;

export async function consent({ show, signal, query }) {
  const page = Number(query.get('page') ?? 0);
  const look = async () => show(view(await getJoint(`/api/v1/grants?page=${page}&size=${SIZE}`, { signal })));
  await look();
  every(LOOK_MILLIS, signal, look);
}

function view(list) {
  const open = list.items.filter(grant => grant.state === 'ASKED');
  const answered = list.items.filter(grant => grant.state !== 'ASKED');
  return html`
    <h1 tabindex="-1">Consent</h1>
    ${silence(list)}
    ${list.items.length ? nothing : empty('consent', 'Nobody is being asked', 'When a job names a file, its owner is asked inside the machine. What was asked and what was said stands here.')}
    ${open.length ? html`<section><h2>Waiting for an answer</h2>${open.map(request)}</section>` : nothing}
    ${answered.length ? html`<section><h2>Answered</h2>${table(answered)}</section>` : nothing}
    ${pager(list, number => `#/consent?page=${number}`)}`;
}

/** Nobody but the owner can answer, and only inside the machine: here stands how. */
const request = grant => html`
  <article class="card request">
    <div class="title"><span class="path strong">${grant.vm}:${grant.path}</span>${badge(grant.state)}</div>
    <p><strong>${grant.requester}</strong> asks to read it. ${grant.owner ? html`<strong>${grant.owner}</strong> must answer` : 'Its owner must answer'}
      inside <strong>${grant.vm}</strong>; asked ${time(grant.since)}.</p>
    <pre class="command" tabindex="0" aria-label="What the owner types">livemr-grant ${quoted(grant.path)} --yes</pre>
  </article>`;

const quoted = path => /^[\w/.@%+,:-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;

const table = grants => html`
  <div class="card flush">
    <table>
      <caption class="unseen">Answered requests</caption>
      <thead><tr><th scope="col">File</th><th scope="col">State</th><th scope="col" class="wide">Asked by</th>
        <th scope="col" class="wide">Answered by</th><th scope="col" class="wide">Until</th></tr></thead>
      <tbody>${grants.map(grant => html`
        <tr>
          <td><span class="path">${grant.vm}:${grant.path}</span>${grant.message ? html`<div class="quiet small">${grant.message}</div>` : nothing}</td>
          <td>${badge(grant.state)}<div class="quiet small">${time(grant.since)}</div></td>
          <td class="wide">${grant.requester}</td>
          <td class="wide">${grant.by === 'policy' ? 'the machine’s policy' : grant.owner ?? '–'}</td>
          <td class="wide">${time(grant.expiresAt)}</td>
        </tr>`)}</tbody>
    </table>
  </div>`;
