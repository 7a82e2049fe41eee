/** Numbers and times as people read them. */

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
const AGO = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const STEPS = [[60, 'second'], [60, 'minute'], [24, 'hour'], [30, 'day'], [12, 'month'], [Infinity, 'year']];

export function bytes(count) {
  if (count === undefined || count === null) {
    return '–';
  }
  const power = count > 0 ? Math.min(Math.floor(Math.log2(count) / 10), UNITS.length - 1) : 0;
  const value = count / 1024 ** power;
  return `${power && value < 10 ? value.toFixed(1) : Math.round(value)} ${UNITS[power]}`;
}

/** 850 ms, 12 s, 3 min 5 s, 2 h 4 min. */
export function duration(millis) {
  if (millis < 1000) {
    return `${Math.round(millis)} ms`;
  }
  const seconds = Math.floor(millis / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours} h ${minutes} min` : minutes ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

/** Of a file; not known where its records come through the disk. */
export const lag = file => file.lagMillis === undefined ? '–' : duration(file.lagMillis);

/** 5 seconds ago, in 2 days. */
export function ago(iso, now = Date.now()) {
  let value = Math.round((Date.parse(iso) - now) / 1000);
  for (const [size, unit] of STEPS) {
    if (Math.abs(value) < size) {
      return AGO.format(Math.min(value, 0) || value, unit);
    }
    value = Math.round(value / size);
  }
}

export const instant = iso => new Date(iso).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'medium' });

export const plural = (count, word) => `${count} ${word}${count === 1 ? '' : 's'}`;
