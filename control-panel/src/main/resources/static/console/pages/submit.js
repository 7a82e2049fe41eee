/** The form that submits a job. */
import { get } from '../api.js';
import { newKey, upload } from '../upload.js';
import { describe } from '../job-form.js';
import { view } from './submit-view.js';

export async function submit({ show, signal, query }) {
  const form = { inputs: [], vms: [], paths: [], key: newKey(), jar: null, sent: null, problem: null };
  const draw = () => show(view(form, actions));
  const actions = { changed, chooseJar, addInput, removeInput, send, cancel };

  /** Another request is another job. */
  function changed() {
    form.key = newKey();
    form.problem = null;
    draw();
  }

  function chooseJar(file) {
    form.jar = file;
    changed();
  }

  function addInput({ vm, path }) {
    form.pathError = path.startsWith('/') && vm ? null : 'A machine, and a path inside it that begins with /';
    if (!form.pathError && !form.inputs.some(other => other.vm === vm && other.path === path)) {
      form.inputs = [...form.inputs, { vm, path }];
    }
    changed();
    return !form.pathError;
  }

  function removeInput(input) {
    form.inputs = form.inputs.filter(other => other !== input);
    changed();
  }

  async function send(event) {
    event.preventDefault();
    if (!form.inputs.length) {
      addInput({ vm: '', path: '' });
      return;
    }
    form.sending = new AbortController();
    signal.addEventListener('abort', cancel, { once: true });
    form.problem = null;
    try {
      const job = await upload(form.jar, describe(new FormData(event.target), form.inputs), form.key, form.sending.signal, part => {
        form.sent = part;
        draw();
      });
      location.hash = `#/jobs/${job.id}`;
    } catch (problem) {
      form.problem = problem.name === 'AbortError' ? null : problem;
      forget(problem.reason === 'jar_changed' && document.getElementById('jar'));
    }
    form.sending = form.sent = null;
    draw();
    document.querySelector('[role=alert], [aria-invalid=true]')?.scrollIntoView({ block: 'center' });
  }

  /** The same file is chosen anew only where none is chosen. */
  function forget(input) {
    if (input) {
      input.value = '';
      form.jar = null;
    }
  }

  function cancel() {
    form.sending?.abort();
  }

  draw();
  [form.vms, form.paths] = await Promise.all([get('/api/v1/vms', { signal }), earlierPaths(signal)]);
  const vm = query.get('vm');
  if (vm && query.get('path')) {
    form.inputs = [{ vm, path: query.get('path') }];
  }
  draw();
}

/** Files that earlier jobs have read. */
async function earlierPaths(signal) {
  const { items } = await get('/api/v1/jobs?size=50', { signal });
  return [...new Set(items.flatMap(job => job.inputs.map(input => input.path)))].sort();
}
