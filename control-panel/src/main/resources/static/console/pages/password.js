/** Changes the password of the account that is signed in. */
import { html } from '/webjars/lit-html/lit-html.js';
import { request } from '../api.js';
import { describedBy, field, problemBox } from '../parts.js';

const UNLIKE = { field: 'again', message: 'That is not the new password above.' };

export function password({ show }) {
  const draw = state => show(page(state, send));

  async function send(event) {
    event.preventDefault();
    const form = event.target;
    const { again, ...json } = Object.fromEntries(new FormData(form));
    if (again !== json.newPassword) {
      draw({ problem: UNLIKE });
      return;
    }
    draw({ busy: true });
    try {
      await request('/api/v1/session/password', { method: 'PUT', json });
      form.reset();
      draw({ done: true });
    } catch (problem) {
      draw({ problem });
    }
  }

  draw({});
}

const page = ({ busy, done, problem }, send) => html`
  <h1 tabindex="-1">Change the password</h1>
  ${done ? html`<p class="notice" role="status">The password is changed. Other sessions of this account have ended.</p>` : problem?.field ? '' : problemBox(problem)}
  <form class="card" @submit=${send}>
    ${secret({ id: 'oldPassword', label: 'Password until now' }, 'current-password', problem)}
    ${secret({ id: 'newPassword', label: 'New password', hint: '12 characters or more.' }, 'new-password', problem)}
    ${secret({ id: 'again', label: 'New password, once more' }, 'new-password', problem)}
    <button class="primary" ?disabled=${busy}>Change it</button>
  </form>`;

const secret = (about, kind, problem) => {
  const shown = { ...about, error: problem?.field === about.id ? problem.message : undefined };
  return field(shown, html`<input id=${about.id} name=${about.id} type="password" required autocomplete=${kind}
    aria-invalid=${Boolean(shown.error)} aria-describedby=${describedBy(shown)}>`);
};
