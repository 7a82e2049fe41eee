/** Asks for the installation's token. */
import { html } from '/webjars/lit-html/lit-html.js';
import { get } from '../api.js';
import { problemBox } from '../parts.js';
import { bearer, signIn as keep } from '../session.js';

const WRONG = { title: 'That is not the token', message: 'Copy the content of the file again, all of it.', reason: 'unauthorized' };

export function signIn({ show }) {
  const draw = state => show(page(state, submit));

  async function submit(event) {
    event.preventDefault();
    const token = new FormData(event.target).get('token').trim();
    draw({ busy: true });
    try {
      await get('/api/v1/jobs?size=1', { headers: bearer(token) });
      keep(token);
    } catch (problem) {
      draw({ problem: problem.status === 401 ? WRONG : problem });
      document.getElementById('token').select();
    }
  }

  draw({});
}

const page = ({ busy, problem }, submit) => html`
  <main class="sign-in">
    <img src="/console/icon.svg" alt="" width="48" height="48">
    <h1 tabindex="-1">Sign in to LiveMR</h1>
    <p class="quiet">MapReduce on files where they already are: inside the disks of running virtual machines.</p>
    ${problemBox(problem)}
    <form class="card" @submit=${submit}>
      <div class="field">
        <label for="token">Token of this installation</label>
        <input id="token" name="token" type="password" required autocomplete="off" spellcheck="false" aria-describedby="token-hint">
        <p class="hint" id="token-hint">The content of the file <code>token</code> in the panel’s state folder, usually <code>/var/lib/livemr/panel</code>. It is forgotten when this tab is closed.</p>
      </div>
      <button class="primary" ?disabled=${busy}>${busy ? 'Signing in…' : 'Sign in'}</button>
    </form>
  </main>`;
