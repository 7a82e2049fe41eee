/** One line over time, by uPlot, in the colours of the page and as wide as its place. */
import uPlot from '/webjars/uplot/dist/uPlot.esm.js';

const HEIGHT_PIXELS = 180;
const SHORTEST_SECONDS = 60;

export class Chart {
  element = Object.assign(document.createElement('div'), { className: 'chart' });
  #plot;
  #label;
  #word;
  #watcher = new ResizeObserver(() => this.#fit());

  /** @param word says a value to people. */
  constructor(label, word) {
    this.#label = label;
    this.#word = word;
    this.element.setAttribute('role', 'img');
    this.#plot = new uPlot(this.#options(), [[], []], this.element);
    this.#watcher.observe(this.element);
  }

  show(seconds, values) {
    this.element.setAttribute('aria-label', `${this.#label} over time, ${values.at(-1) == null ? 'not known' : `now ${this.#word(values.at(-1))}`}`);
    this.#plot.setData([seconds, values]);
  }

  end() {
    this.#watcher.disconnect();
    this.#plot.destroy();
  }

  #fit() {
    this.#plot.setSize({ width: this.element.clientWidth, height: HEIGHT_PIXELS });
  }

  #options() {
    const style = name => () => getComputedStyle(this.element)[name];
    const axis = { stroke: style('color'), grid: { stroke: style('borderTopColor'), width: 1 }, ticks: { show: false }, font: '12px system-ui, sans-serif' };
    return {
      width: 300, height: HEIGHT_PIXELS, padding: [8, 8, 0, 0], legend: { show: false }, cursor: { y: false },
      scales: { x: { range: (plot, from, to) => [Math.min(from, to - SHORTEST_SECONDS), to] }, y: { range: (plot, from, to) => [0, to > 0 ? to * 1.15 : 1] } },
      series: [{}, { stroke: style('outlineColor'), width: 2, points: { show: false }, spanGaps: false }],
      axes: [{ ...axis, space: 90, size: 34, values: (plot, values) => values.map(seconds => new Date(seconds * 1000).toLocaleTimeString('en-GB')) }, { ...axis, size: 72, values: (plot, values) => values.map(this.#word) }],
    };
  }
}
