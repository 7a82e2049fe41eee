/** Line icons of 20 × 20; they say nothing that the text beside them does not say. */
import { html, svg } from '/webjars/lit-html/lit-html.js';

const PATHS = {
  jobs: svg`<path d="M3 5h14M3 10h14M3 15h9"/>`,
  submit: svg`<path d="M10 14V4m0 0L6 8m4-4 4 4M4 16h12"/>`,
  consent: svg`<path d="M4 10.5 8 15l8-10"/>`,
  files: svg`<path d="M5 3h6l4 4v10H5zM11 3v4h4"/>`,
  hosts: svg`<path d="M3 4h14v5H3zM3 11h14v5H3zM6 6.5h.01M6 13.5h.01"/>`,
  audit: svg`<path d="M4 3h12v14H4zM7 7h6M7 10h6M7 13h3"/>`,
  theme: svg`<circle cx="10" cy="10" r="6.5"/><path d="M10 3.5v13a6.5 6.5 0 0 0 0-13z" fill="currentColor"/>`,
  plus: svg`<path d="M10 4v12M4 10h12"/>`,
  close: svg`<path d="m5 5 10 10M15 5 5 15"/>`,
  alert: svg`<path d="M10 3 2.5 16.5h15zM10 8v4M10 14.3h.01"/>`,
};

export const icon = name => html`<svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">${PATHS[name]}</svg>`;
