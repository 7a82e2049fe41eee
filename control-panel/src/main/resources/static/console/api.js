/** Calls of the panel's REST interface. Whatever goes wrong comes out as a Problem. */
import { credentials, isSignedIn, signOut } from './session.js';

/** An error as RFC 9457 has it; also for a panel that gives no answer at all. */
export class Problem extends Error {
  constructor(status, { title, detail, reason }) {
    super(detail ?? title ?? 'The panel gave no answer.');
    Object.assign(this, { status, title: title ?? 'Error', reason: reason ?? 'error' });
  }

  /** The field of a form that it is about, if it names one. */
  get field() {
    return /^field=([\w.]+)/.exec(this.message)?.[1];
  }
}

/** A page of what all hosts have together, and which of them were silent. */
export async function getJoint(path, options) {
  const response = await request(path, options);
  return { ...await response.json(), silent: response.headers.get('X-Silent-Composers') };
}

export const get = async (path, options) => (await request(path, options)).json();
export const post = async (path, options) => (await request(path, { method: 'POST', ...options })).json();
export const remove = async (path, options) => (await request(path, { method: 'DELETE', ...options })).json();

export async function request(path, options = {}) {
  const response = await answer(path, { ...options, headers: { ...credentials(), ...options.headers } });
  if (!response.ok) {
    throw refused(response.status, await response.json().catch(() => ({ title: response.statusText })));
  }
  return response;
}

/** Who is not known any more signs in again. */
export function refused(status, body) {
  if (status === 401 && isSignedIn()) {
    signOut();
  }
  return new Problem(status, body);
}

export const unreachable = () => new Problem(0, { title: 'No connection', reason: 'unreachable',
  detail: 'The panel cannot be reached. It may be starting again; nothing that was submitted is lost.' });

async function answer(path, options) {
  try {
    return await fetch(path, { cache: 'no-store', ...options });
  } catch (error) {
    throw error.name === 'AbortError' ? error : unreachable();
  }
}
