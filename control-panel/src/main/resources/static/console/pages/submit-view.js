/** How the form looks. */
import { html, nothing } from '/webjars/lit-html/lit-html.js';
import { bytes } from '../format.js';
import { icon } from '../icons.js';
import { describedBy, field, problemBox } from '../parts.js';

const JAR_REASONS = ['not_a_zip', 'jar_too_large', 'too_many_entries', 'unpacked_too_large', 'bad_entry_name', 'duplicate_entry',
  'jar_changed'];
const CLASS_REASONS = ['no_main_class', 'main_class_mismatch'];
const INPUT_REASONS = ['no_such_file', 'too_many_files', 'not_a_folder', 'bad_path', 'unknown_vm', 'ambiguous_vm', 'busy', 'agent_absent', 'agent_silent',
  'composer_unreachable'];

export const view = (form, actions) => html`
  <a class="back" href="#/jobs">Jobs</a>
  <h1 tabindex="-1">Submit a job</h1>
  <form class="stack" @submit=${actions.send} @input=${actions.changed}>
    <section class="card">
      <h2>Program</h2>
      ${jar(form, actions)}
      <div class="pair">
        ${line(form, { id: 'mainClass', label: 'Main class', hint: 'The manifest’s, if left empty.' })}
        ${line(form, { id: 'name', label: 'Name', hint: 'For lists; the main class, if left empty.' })}
      </div>
      ${area(form, { id: 'args', label: 'Arguments, one a line', hint: html`<code>{input}</code> and <code>{output}</code> are filled in anywhere; these two, if left empty.` })}
    </section>
    <section class="card">
      <h2>Input files</h2>
      ${picker(form, actions)}
    </section>
    <details class="card" ?open=${['output', 'requester', 'ttlSeconds', 'properties'].includes(form.problem?.field)}>
      <summary>More settings</summary>
      <div class="pair">
        ${line(form, { id: 'output', label: 'Output in HDFS', hint: 'A folder of its own, if left empty.' })}
        ${line(form, { id: 'requester', label: 'Who asks the owners', hint: 'The owners see this name.' })}
        ${line(form, { id: 'ttlHours', name: 'ttlSeconds', label: 'Hours that the yes is asked for', type: 'number' })}
      </div>
      ${area(form, { id: 'properties', label: 'Hadoop properties, one name=value a line', hint: html`Such as <code>mapreduce.job.reduces=2</code>; those of the cluster are refused.` })}
    </details>
    ${form.problem && !isShown(form.problem) ? problemBox(form.problem) : nothing}
    ${form.sending ? sending(form, actions) : html`<div><button class="primary">Submit the job</button></div>`}
  </form>`;

/** What was said about one field stands beside that field. */
const errorOf = (form, id) => form.problem && fieldOf(form.problem) === id ? form.problem.message : undefined;

function fieldOf(problem) {
  if (JAR_REASONS.includes(problem.reason)) {
    return 'jar';
  }
  if (INPUT_REASONS.includes(problem.reason)) {
    return 'inputs';
  }
  return CLASS_REASONS.includes(problem.reason) ? 'mainClass' : problem.field?.split('.')[0];
}

const isShown = problem => ['jar', 'mainClass', 'name', 'args', 'inputs', 'output', 'requester', 'ttlSeconds', 'properties'].includes(fieldOf(problem));

const line = (form, { type = 'text', name, ...about }) => {
  const shown = { ...about, error: errorOf(form, name ?? about.id) };
  return field(shown, html`<input id=${about.id} name=${about.id} type=${type} min="0" step="any" autocomplete="off" spellcheck="false"
    aria-invalid=${Boolean(shown.error)} aria-describedby=${describedBy(shown)}>`);
};

const area = (form, about) => {
  const shown = { ...about, error: errorOf(form, about.id) };
  return field(shown, html`<textarea id=${about.id} name=${about.id} rows="3" spellcheck="false" aria-invalid=${Boolean(shown.error)}
    aria-describedby=${describedBy(shown)}></textarea>`);
};

const jar = (form, actions) => {
  const shown = { id: 'jar', label: 'Jar', hint: form.jar ? bytes(form.jar.size) : 'Choose a file, or drop it here.', error: errorOf(form, 'jar') };
  return field(shown, html`<input id="jar" type="file" accept=".jar,application/java-archive" required aria-invalid=${Boolean(shown.error)}
    aria-describedby=${describedBy(shown)} @change=${event => actions.chooseJar(event.target.files[0] ?? null)}>`);
};

const picker = (form, actions) => {
  const error = form.pathError ?? errorOf(form, 'inputs');
  return html`
    ${form.inputs.length ? html`<ul class="chosen">${form.inputs.map(input => html`
      <li><span class="path">${input.vm}:${input.path}</span>
        <button type="button" class="icon-button" aria-label=${`Remove ${input.vm}:${input.path}`} @click=${() => actions.removeInput(input)}>${icon('close')}</button></li>`)}</ul>`
      : html`<p class="quiet">None yet. Name files inside running machines; their owners are asked before anything is read.</p>`}
    <div class="pick" @input=${event => event.stopPropagation()} @keydown=${event => event.key === 'Enter' && pick(event, actions)}>
      <div class="field"><label for="vm">Machine</label>
        <select id="vm">${form.vms.map(vm => html`<option value=${vm.name}>${vm.name}${vm.agent === 'connected' ? '' : ' (no agent)'}</option>`)}</select></div>
      <div class="field"><label for="path">Path inside it</label>
        <input id="path" list="paths" placeholder="/data/app.log" autocomplete="off" spellcheck="false" aria-invalid=${Boolean(error)} aria-describedby=${describedBy({ id: 'inputs', error })}>
        <datalist id="paths">${form.paths.map(path => html`<option value=${path}></option>`)}</datalist></div>
      <button type="button" @click=${event => pick(event, actions)}>${icon('plus')}Add</button>
    </div>
    <p class="hint">With <code>*</code> or <code>?</code> it is a pattern, with a slash at its end a folder: of those the machine tells what its administrator lets be known.</p>
    <label class="check"><input type="checkbox" name="pinned" value="yes"> Read no more than is there when the job begins</label>
    ${error ? html`<p class="error" id="inputs-error">${error}</p>` : nothing}`;
};

/** Enter adds the file, it does not send the form. */
function pick(event, actions) {
  event.preventDefault();
  const path = document.getElementById('path');
  if (actions.addInput({ vm: document.getElementById('vm').value, path: path.value.trim() })) {
    path.value = '';
  }
  path.focus();
}

const sending = (form, actions) => html`
  <div class="sending" role="status">
    <label>${form.sent === 1 ? 'The panel looks at the jar…' : 'Sending…'} <progress max="1" .value=${form.sent ?? 0}></progress></label>
    <button type="button" @click=${actions.cancel}>Cancel</button>
  </div>`;
