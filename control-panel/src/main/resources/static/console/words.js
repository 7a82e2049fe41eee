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
  JOB_SUBMITTED: { word: 'Job submitted', tone: 'calm' },
  JOB_KILLED: { word: 'Job killed', tone: 'calm' },
  FILE_ASKED: { word: 'Owner asked', tone: 'warn' },
  FILE_GRANTED: { word: 'Granted', tone: 'good' },
  FILE_DENIED: { word: 'Denied', tone: 'bad' },
  FILE_READ: { word: 'Reading begins', tone: 'busy' },
  FILE_REVOKED: { word: 'Revoked', tone: 'bad' },
  FILE_EXPIRED: { word: 'Expired', tone: 'calm' },
  FILE_FAILED: { word: 'File failed', tone: 'bad' },
  ACCOUNT_CREATED: { word: 'Account made', tone: 'calm' },
  ACCOUNT_CHANGED: { word: 'Account changed', tone: 'calm' },
  ACCOUNT_CLOSED: { word: 'Account closed', tone: 'calm' },
  PROJECT_SET: { word: 'Project set', tone: 'calm' },
  PROJECT_REMOVED: { word: 'Project removed', tone: 'calm' },
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
