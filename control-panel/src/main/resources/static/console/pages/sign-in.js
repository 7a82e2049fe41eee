/** Asks for an account's name and password, or for the installation's token. */
import { html } from '/webjars/lit-html/lit-html.js';
import { problemBox } from '../parts.js';
import { signIn as byAccount, signInByToken } from '../session.js';

const WAYS = {
  account: {
    enter: form => byAccount(form.get('name').trim(), form.get('password')),
    wrong: { title: 'Name or password is wrong', message: 'Accounts are made by an administrator of this installation.' },
  },
  token: {
    enter: form => signInByToken(form.get('token').trim()),
    wrong: { title: 'That is not the token', message: 'Copy the content of the file again, all of it.' },
  },
};

export function signIn({ show }) {
  const draw = state => show(page(state, event => submit(state.way, event), () => draw({ way: state.way === 'token' ? 'account' : 'token' })));

  async function submit(way, event) {
    event.preventDefault();
    const form = new FormData(event.target);
    draw({ way, busy: true });
    try {
      await WAYS[way].enter(form);
    } catch (problem) {
      draw({ way, problem: problem.status === 401 ? WAYS[way].wrong : problem });
    }
  }

  draw({ way: 'account' });
}

const page = ({ way, busy, problem }, submit, other) => html`
  <main class="sign-in">
    <img src="/console/icon.svg" alt="" width="48" height="48">
    <h1 tabindex="-1">Sign in to LiveMR</h1>
    <p class="quiet">MapReduce on files where they already are: inside the disks of running virtual machines.</p>
    ${problemBox(problem)}
    <form class="card" @submit=${submit}>
      ${way === 'token' ? token() : account()}
      <button class="primary" ?disabled=${busy}>${busy ? 'Signing in…' : 'Sign in'}</button>
      <button type="button" class="link" @click=${other}>${way === 'token' ? 'Use an account' : 'Use the token of this installation'}</button>
    </form>
  </main>`;

const account = () => html`
  <div class="field"><label for="name">Name</label><input id="name" name="name" required autocomplete="username" spellcheck="false"></div>
  <div class="field"><label for="password">Password</label><input id="password" name="password" type="password" required autocomplete="current-password"></div>`;

const token = () => html`
  <div class="field">
    <label for="token">Token of this installation</label>
    <input id="token" name="token" type="password" required autocomplete="off" spellcheck="false" aria-describedby="token-hint">
    <p class="hint" id="token-hint">The content of the file <code>token</code> in the panel’s state folder, usually <code>/var/lib/livemr/panel</code>. It is forgotten when this tab is closed.</p>
  </div>`;
