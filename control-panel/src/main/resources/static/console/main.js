/** Starts the console: whoever is not signed in sees the sign-in page, everybody else the page that the address names. */
import { open } from './router.js';
import { forget, onChange, resume, whoIsSignedIn } from './session.js';

addEventListener('hashchange', open);
addEventListener('livemr-unknown', () => whoIsSignedIn() && forget());
onChange(open);
resume();
