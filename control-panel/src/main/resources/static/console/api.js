/** Calls of the panel's REST interface. Whatever goes wrong comes out as a Problem. */
import { credentials } from './credentials.js';

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

/** @param options those of fetch, and json to send. */
export async function request(path, { json, headers, ...options } = {}) {
  const body = json && { body: JSON.stringify(json) };
  const response = await answer(path, { ...options, ...body, headers: { ...credentials(), ...(json && { 'Content-Type': 'application/json' }), ...headers } });
  if (!response.ok) {
    throw refused(response.status, await response.json().catch(() => ({ title: response.statusText })));
  }
  return response;
}

/** Whoever is not known any more has to sign in again. */
export function refused(status, body) {
  if (status === 401) {
    dispatchEvent(new Event('livemr-unknown'));
  }
  return new Problem(status, body);
}

export const unreachable = () => new Problem(0, { title: 'No connection', reason: 'unreachable',
  detail: 'The panel cannot be reached. It may be starting again; nothing that was submitted is lost.' });

async function answer(path, options) {
  try {
    const response = await fetch(path, { cache: 'no-store', ...options });
    away(false);
    return response;
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    away(true);
    throw unreachable();
  }
}

/** Pages that look again and again keep what they show, and say so. */
const away = isAway => document.documentElement.classList.toggle('away', isAway);
