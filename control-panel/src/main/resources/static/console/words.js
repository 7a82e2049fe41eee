/** The words of the REST interface as people say them. A word that is not known here is shown as it is. */

const STATES = {
  SUBMITTED: { word: 'Submitted', tone: 'calm' },
  WAITING: { word: 'Not asked yet', tone: 'calm' },
  AWAITING_CONSENT: { word: 'Waiting for owner', tone: 'warn' },
  COMPOSING: { word: 'Composing', tone: 'busy' },
  RUNNING: { word: 'Running', tone: 'busy' },
  LIVE: { word: 'Live', tone: 'good' },
  STALE: { word: 'Stale', tone: 'warn' },
  ASKED: { word: 'Waiting for owner', tone: 'warn' },
  GRANTED: { word: 'Granted', tone: 'good' },
  EXPIRED: { word: 'Expired', tone: 'calm' },
  REACHABLE: { word: 'Reachable', tone: 'good' },
  CONNECTED: { word: 'Connected', tone: 'good' },
  ABSENT: { word: 'No agent', tone: 'warn' },
  FAILING: { word: 'Failing', tone: 'bad' },
  SILENT: { word: 'No answer', tone: 'bad' },
  SUCCEEDED: { word: 'Succeeded', tone: 'good' },
  FAILED: { word: 'Failed', tone: 'bad' },
  DENIED: { word: 'Denied', tone: 'bad' },
  REVOKED: { word: 'Revoked', tone: 'bad' },
  KILLED: { word: 'Killed', tone: 'calm' },
};
const ENDS = ['SUCCEEDED', 'FAILED', 'KILLED'];

export const wordOf = state => STATES[state]?.word ?? state;
export const toneOf = state => STATES[state]?.tone ?? 'calm';
export const isEnd = state => ENDS.includes(state);
