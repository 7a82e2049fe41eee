/**
 * Who is signed in: an account by the cookie of its session, or whoever has the installation's token, which lives as long as the tab and is
 * never written anywhere else.
 */
import { get, post, request } from './api.js';
import { bearer, keepToken, token } from './credentials.js';

const ADDRESS = '/api/v1/session';
const WRITERS = ['ADMIN', 'ANALYST'];
const changes = new EventTarget();

let me = null;

/** Name, project and roles; null for nobody. */
export const whoIsSignedIn = () => me;
export const isAdmin = () => me.roles.includes('ADMIN');
/** Whoever came with the token has none. */
export const hasPassword = () => token() === null;
export const mayChange = () => me.roles.some(role => WRITERS.includes(role));

/** What names nobody is for everybody. */
export const isOpenTo = ({ isFor = () => true }) => isFor();

export const onChange = listener => changes.addEventListener('change', listener);

/** Asks the panel who this is: a page that is loaded again knows nothing. */
export const resume = () => become(get(ADDRESS).catch(() => null));

export const signIn = (name, password) => become(post(ADDRESS, { json: { name, password } }));

export async function signInByToken(text) {
  await become(get(ADDRESS, { headers: bearer(text) }), text);
}

export async function signOut() {
  await (token() === null ? request(ADDRESS, { method: 'DELETE' }) : Promise.resolve()).catch(() => {});
  forget();
}

/** What was known holds no more. */
export function forget() {
  keepToken(null);
  me = null;
  changes.dispatchEvent(new Event('change'));
}

async function become(answer, text = token()) {
  me = await answer;
  keepToken(me && text);
  changes.dispatchEvent(new Event('change'));
}
