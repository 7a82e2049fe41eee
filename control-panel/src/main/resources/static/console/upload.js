/** Sends a jar and a job. By XMLHttpRequest, which tells how much has been sent; fetch does not. */
import { Problem, refused, unreachable } from './api.js';
import { credentials } from './credentials.js';

/** For crypto.randomUUID a page must have come over TLS or from this machine. */
export const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, '0')).join('');

/**
 * @param key the same for every try of the same submission: it gives one job.
 * @param progress gets the part that has been sent, 0 to 1.
 */
export async function upload(jar, job, key, signal, progress) {
  await requireReadable(jar);
  return send(jar, job, key, signal, progress);
}

/** A browser sends no file that was written since it was chosen, and calls that a broken connection. */
async function requireReadable(jar) {
  try {
    await jar.slice(0, 1).arrayBuffer();
  } catch {
    throw new Problem(0, { title: 'Choose the jar again', reason: 'jar_changed', detail: 'The jar was written or removed since it was chosen; choose it again.' });
  }
}

function send(jar, job, key, signal, progress) {
  return new Promise((done, failed) => {
    const call = new XMLHttpRequest();
    call.open('POST', '/api/v1/jobs');
    Object.entries({ ...credentials(), 'Idempotency-Key': `"${key}"` }).forEach(([name, value]) => call.setRequestHeader(name, value));
    call.responseType = 'json';
    call.upload.onprogress = event => progress(event.loaded / event.total);
    call.onload = () => call.status === 202 ? done(call.response) : failed(refused(call.status, call.response ?? {}));
    call.onerror = () => failed(unreachable());
    call.onabort = () => failed(new DOMException('cancelled', 'AbortError'));
    signal.addEventListener('abort', () => call.abort(), { once: true });
    call.send(body(jar, job));
  });
}

function body(jar, job) {
  const form = new FormData();
  form.append('job', new Blob([JSON.stringify(job)], { type: 'application/json' }));
  form.append('jar', jar, jar.name);
  return form;
}
