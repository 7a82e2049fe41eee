/** How far Hadoop says a job is: the last line such as " map 50% reduce 0%" of some output. */

export function progressOf(text) {
  const last = [...text.matchAll(/ map (\d+)% reduce (\d+)%/g)].at(-1);
  return last && { map: Number(last[1]), reduce: Number(last[2]) };
}
