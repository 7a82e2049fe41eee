/** What was seen of files since the page was opened; the panel keeps no past of them. The oldest is forgotten first. */

const KEPT = 900;

export class History {
  #files = new Map();

  add(nowMillis, files) {
    for (const file of files) {
      const past = this.of(file.name);
      past.seconds.push(nowMillis / 1000);
      past.lengthBytes.push(file.lengthBytes ?? null);
      past.lagMillis.push(file.lagMillis ?? null);
      this.#files.set(file.name, past);
      Object.values(past).filter(values => values.length > KEPT).forEach(values => values.shift());
    }
  }

  of(name) {
    return this.#files.get(name) ?? { seconds: [], lengthBytes: [], lagMillis: [] };
  }
}
