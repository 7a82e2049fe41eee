/** Waiting that ends with a page, and does nothing while nobody looks at it. */

export const pause = (millis, signal) => new Promise(done => {
  const timer = setTimeout(done, millis);
  signal.addEventListener('abort', () => { clearTimeout(timer); done(); }, { once: true });
});

/** Calls again and again until the page ends; a call that fails is tried again in its turn. */
export async function every(millis, signal, call) {
  for (await pause(millis, signal); !signal.aborted; await pause(millis, signal)) {
    if (!document.hidden) {
      await call().catch(() => {});
    }
  }
}
