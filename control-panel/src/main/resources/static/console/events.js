/**
 * Server-sent events by fetch, since EventSource cannot send a token. A broken stream is taken up again behind the last event that was heard;
 * a panel that has told everything says 204.
 */
import { Problem, request } from './api.js';
import { pause } from './time.js';

const AGAIN_MILLIS = 1000;
const NEVER_AGAIN = status => status >= 400 && status < 500 && status !== 429;

/**
 * @param on a function for each name of an event; gets its data.
 * @param signal ends it.
 */
export async function listen(path, on, signal) {
  const heard = {};
  while (!signal.aborted && await hear(path, on, signal, heard)) {
    await pause(AGAIN_MILLIS, signal);
  }
}

/** True when there may be more to hear. */
async function hear(path, on, signal, heard) {
  try {
    const response = await request(path, { signal, headers: { Accept: 'text/event-stream', ...(heard.id && { 'Last-Event-ID': heard.id }) } });
    if (response.status === 204) {
      return false;
    }
    await read(response.body, event => {
      heard.id = event.id ?? heard.id;
      on[event.event]?.(JSON.parse(event.data));
    });
  } catch (problem) {
    return !signal.aborted && !(problem instanceof Problem && NEVER_AGAIN(problem.status));
  }
  return true;
}

async function read(body, take) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    const blocks = (text + part.value).split('\n\n');
    text = blocks.pop();
    blocks.map(fields).filter(event => event.data !== undefined).forEach(take);
  }
}

const fields = block => Object.fromEntries(block.split('\n').map(line => /^(\w+): ?(.*)$/.exec(line)).filter(Boolean).map(([, name, value]) => [name, value]));
