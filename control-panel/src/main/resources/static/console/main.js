/** Starts the console: whoever is not signed in sees the sign-in page, everybody else the page that the address names. */
import { open } from './router.js';
import { onChange } from './session.js';

addEventListener('hashchange', open);
onChange(open);
open();
