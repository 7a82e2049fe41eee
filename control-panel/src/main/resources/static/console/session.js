/** Who is signed in. The token lives as long as the tab and is never written anywhere else. */
const KEY = 'livemr-token';
const changes = new EventTarget();

export const isSignedIn = () => sessionStorage.getItem(KEY) !== null;

/** The headers that say who asks. */
export const credentials = () => isSignedIn() ? bearer(sessionStorage.getItem(KEY)) : {};

export const bearer = token => ({ Authorization: `Bearer ${token}` });

export const onChange = listener => changes.addEventListener('change', listener);

export function signIn(token) {
  sessionStorage.setItem(KEY, token);
  changes.dispatchEvent(new Event('change'));
}

export function signOut() {
  sessionStorage.removeItem(KEY);
  changes.dispatchEvent(new Event('change'));
}
