/** One job: where it is in its life, its files, its log as it comes. */
import { html, nothing } from '/webjars/lit-html/lit-html.js';
import { get, post, remove } from '../api.js';
import { listen } from '../events.js';
import { bytes, duration, lag, plural } from '../format.js';
import { Log } from '../log.js';
import { badge, confirm, problemBox, time } from '../parts.js';
import { progressOf } from '../progress.js';
import { mayChange } from '../session.js';
import { every } from '../time.js';
import { isEnd, toneOf, wordOf } from '../words.js';

const LOOK_MILLIS = 2000;
const LIFE = ['SUBMITTED', 'AWAITING_CONSENT', 'COMPOSING', 'RUNNING', 'SUCCEEDED'];

export async function job({ show, signal, params }) {
  const path = `/api/v1/jobs/${encodeURIComponent(params.id)}`;
  const log = new Log();
  const seen = {};
  const draw = () => show(view(seen, log, actions));
  const look = async () => {
    seen.job = await get(path, { signal });
    draw();
  };
  const actions = { kill: attempt(kill), rerun: attempt(rerun) };

  function attempt(action) {
    return async () => {
      try {
        seen.problem = null;
        await action();
      } catch (problem) {
        seen.problem = problem;
      }
      draw();
    };
  }

  async function kill() {
    if (await confirm(`Kill ${seen.job.name ?? seen.job.mainClass}? What it has written so far is kept.`, 'Kill the job')) {
      seen.job = await remove(path);
    }
  }

  async function rerun() {
    location.hash = `#/jobs/${(await post(`${path}/rerun`)).id}`;
  }

  await look();
  listen(`${path}/events`, {
    state: () => look().catch(() => {}),
    log: data => {
      log.add(data);
      seen.progress = progressOf(data.text) ?? seen.progress;
      draw();
    },
  }, signal);
  every(LOOK_MILLIS, signal, () => seen.job.cleanedUp ? Promise.resolve() : look());
}

const view = ({ job: one, progress, problem }, log, actions) => html`
  <a class="back" href="#/jobs">Jobs</a>
  <div class="title">
    <h1 tabindex="-1">${one.name ?? one.mainClass}</h1><span role="status">${badge(one.state)}</span>
    <div class="actions">
      ${!mayChange() ? nothing : isEnd(one.state) ? html`<button @click=${actions.rerun} ?disabled=${!one.jar.kept} title=${one.jar.kept ? '' : 'Its jar is not kept any more.'}>Run again</button>`
        : html`<button class="danger" @click=${actions.kill} ?disabled=${one.killRequested}>${one.killRequested ? 'Being killed…' : 'Kill'}</button>`}
    </div>
  </div>
  ${problemBox(problem)}
  ${life(one)}
  ${one.message ? html`<div class="notice ${toneOf(one.state)}"><div><p class="message">${one.message}</p>
    ${one.reason ? html`<p class="quiet">reason <code>${one.reason}</code></p>` : nothing}</div></div>` : nothing}
  ${progress ? bars(progress) : nothing}
  ${inputs(one.inputs)}
  ${log.view()}
  ${details(one)}`;

/** The steps of a life; one that ended badly stops where it had come to. */
const life = one => {
  const at = LIFE.indexOf(one.state);
  const reached = at >= 0 ? at : one.startedAt ? LIFE.indexOf('RUNNING') : 0;
  return html`<ol class="life" aria-label="Where the job is">
    ${LIFE.map((state, number) => html`<li class=${number < reached ? 'past' : number === reached ? `now ${toneOf(one.state)}` : ''}
      aria-current=${number === reached ? 'step' : 'false'}>${wordOf(number === reached ? one.state : state)}</li>`)}
  </ol>`;
};

const bars = ({ map, reduce }) => html`
  <section class="card bars" aria-label="Progress">
    <label>Map <progress max="100" .value=${map}></progress><span>${map} %</span></label>
    <label>Reduce <progress max="100" .value=${reduce}></progress><span>${reduce} %</span></label>
  </section>`;

const inputs = files => html`
  <section>
    <h2>${plural(files.length, 'input file')}</h2>
    <div class="card flush">
      <table>
        <caption class="unseen">Input files</caption>
        <thead><tr><th scope="col">File</th><th scope="col">State</th><th scope="col" class="wide">Owner</th><th scope="col" class="wide number">Size</th>
          <th scope="col" class="wide number">Lag at most</th></tr></thead>
        <tbody>${files.map(file => html`
          <tr>
            <td><span class="path">${file.vm}:${file.path}</span>${file.message ? html`<div class="quiet small">${file.message}</div>` : nothing}</td>
            <td>${badge(file.state)}${file.reason ? html`<div class="quiet small"><code>${file.reason}</code></div>` : nothing}</td>
            <td class="wide">${file.owner ?? '–'}</td>
            <td class="wide number">${bytes(file.lengthBytes)}</td>
            <td class="wide number">${lag(file)}</td>
          </tr>`)}</tbody>
      </table>
    </div>
  </section>`;

const details = one => html`
  <section>
    <h2>Details</h2>
    <dl class="card facts">
      <dt>Id</dt><dd><code>${one.id}</code></dd>
      <dt>Main class</dt><dd><code>${one.mainClass}</code></dd>
      <dt>Arguments</dt><dd>${one.args?.length ? one.args.map(arg => html`<code class="line">${arg}</code>`) : '–'}</dd>
      <dt>Output in HDFS</dt><dd><code>${one.output ?? '–'}</code></dd>
      <dt>Asked by</dt><dd>${one.requester ?? '–'}</dd>
      <dt>Submitted</dt><dd>${time(one.createdAt)}</dd>
      ${one.startedAt ? html`<dt>Ran</dt><dd>${duration(Date.parse(one.finishedAt ?? new Date()) - Date.parse(one.startedAt))}</dd>` : nothing}
      ${one.exitCode === undefined ? nothing : html`<dt>Exit code</dt><dd>${one.exitCode}</dd>`}
      <dt>Jar</dt><dd>${bytes(one.jar.lengthBytes)}, SHA-256 <code>${one.jar.sha256}</code></dd>
      ${Object.keys(one.properties ?? {}).length ? html`<dt>Hadoop properties</dt>
        <dd>${Object.entries(one.properties).map(([name, value]) => html`<code class="line">${name}=${value}</code>`)}</dd>` : nothing}
    </dl>
  </section>`;
