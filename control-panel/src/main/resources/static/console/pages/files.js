/** Composed files: how large each is and how far behind, now and since the page was opened. */
import { html, nothing } from '/webjars/lit-html/lit-html.js';
import { getJoint } from '../api.js';
import { Chart } from '../chart.js';
import { bytes, duration, lag } from '../format.js';
import { History } from '../history.js';
import { badge, empty, pager, silence, time } from '../parts.js';
import { mayChange } from '../session.js';
import { every } from '../time.js';

const SIZE = 50;
const LOOK_MILLIS = 1000;

export async function files({ show, signal, query }) {
  const page = Number(query.get('page') ?? 0);
  const history = new History();
  const charts = { size: new Chart('Size', bytes), lag: new Chart('Lag at most', duration) };
  const seen = { chosen: query.get('file') };
  const draw = () => {
    const file = seen.list.items.find(one => one.name === seen.chosen) ?? seen.list.items[0];
    show(view(seen.list, file, charts, choose));
    if (file) {
      plot(history.of(file.name), charts);
    }
  };
  const look = async () => {
    seen.list = await getJoint(`/api/v1/files?page=${page}&size=${SIZE}`, { signal });
    history.add(Date.now(), seen.list.items);
    draw();
  };

  function choose(file) {
    seen.chosen = file.name;
    draw();
  }

  await look();
  every(LOOK_MILLIS, signal, look);
  signal.addEventListener('abort', () => Object.values(charts).forEach(chart => chart.end()));
}

function plot(past, charts) {
  charts.size.show(past.seconds, past.lengthBytes);
  charts.lag.show(past.seconds, past.lagMillis);
}

const view = (list, file, charts, choose) => html`
  <h1 tabindex="-1">Files</h1>
  ${silence(list)}
  ${file ? html`${plots(file, charts)}${table(list.items, file, choose)}`
    : empty('files', 'No files', 'Files of machines stand here from the moment a job asks for them until it ends.', mayChange() ? html`<a class="button" href="#/submit">Submit a job</a>` : nothing)}
  ${pager(list, number => `#/files?page=${number}`)}`;

const plots = (file, chart) => html`
  <section>
    <div class="title"><h2 class="path">${file.vm}:${file.path}</h2>${badge(file.state)}
      ${mayChange() ? html`<a class="button" href=${`#/submit?${new URLSearchParams({ vm: file.vm, path: file.path })}`}>Submit a job on it</a>` : nothing}</div>
    ${file.message ? html`<p class="quiet">${file.message}</p>` : nothing}
    <div class="pair">
      <figure class="card"><figcaption>Size <strong>${bytes(file.lengthBytes)}</strong></figcaption>${chart.size.element}</figure>
      <figure class="card"><figcaption>Lag at most <strong>${lag(file)}</strong></figcaption>${chart.lag.element}</figure>
    </div>
  </section>`;

const table = (items, chosen, choose) => html`
  <div class="card flush">
    <table>
      <caption class="unseen">Composed files</caption>
      <thead><tr><th scope="col">File</th><th scope="col">State</th><th scope="col" class="wide number">Size</th>
        <th scope="col" class="wide number">Lag at most</th><th scope="col" class="wide">Newest map</th><th scope="col" class="wide">For</th></tr></thead>
      <tbody>${items.map(file => html`
        <tr>
          <td><button class="link path" aria-pressed=${file === chosen} @click=${() => choose(file)}>${file.vm}:${file.path}</button></td>
          <td>${badge(file.state)}${file.reason ? html`<div class="quiet small"><code>${file.reason}</code></div>` : nothing}</td>
          <td class="wide number">${bytes(file.lengthBytes)}</td>
          <td class="wide number">${lag(file)}</td>
          <td class="wide">${time(file.mappedAt)}</td>
          <td class="wide">${file.requester}</td>
        </tr>`)}</tbody>
    </table>
  </div>`;
