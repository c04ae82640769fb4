import { counted, percent, signedPercent } from '../numbers.js';
import { binsOf, type Bin } from './histogram.js';
import { html, type Html } from './html.js';

const WIDTH = 560;
const HEIGHT = 200;
const BASE = 26;
const GAP = 1.5;

/** How often which return was made. Drawn without a script; the sentence below it says the same in numbers. */
export function histogramPart(gains: readonly number[]): Html {
  if (gains.length === 0) return html`<p class="empty">No trade was closed.</p>`;
  const bins = binsOf(gains);
  const most = bins.reduce((most, { count }) => Math.max(most, count), 0);
  const column = WIDTH / bins.length;
  const room = HEIGHT - BASE - 14;
  const bars = bins.map((bin, i) => barOf(bin, i * column, column, (bin.count / most) * room));
  const words = summaryOf(gains);
  return html`<figure class="histogram"><svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Distribution of the returns of ${counted(gains.length, 'closed trade')}. ${words}">${bars}<line class="axis" x1="0" x2="${WIDTH}" y1="${HEIGHT - BASE}" y2="${HEIGHT - BASE}"/>${marks(bins, column)}</svg><figcaption>${words}</figcaption></figure>`;
}

function barOf({ from, to, count }: Bin, x: number, width: number, height: number): Html | null {
  if (count === 0) return null;
  const tall = Math.max(1.5, height);
  return html`<rect class="${to <= 0 ? 'loss' : 'gain'}" x="${(x + GAP / 2).toFixed(1)}" y="${(HEIGHT - BASE - tall).toFixed(1)}" width="${Math.max(1, width - GAP).toFixed(1)}" height="${tall.toFixed(1)}"><title>${edge(from)} to ${edge(to)}: ${counted(count, 'trade')}</title></rect>`;
}

/** Zero, and both ends. */
function marks(bins: readonly Bin[], column: number): Html[] {
  const zero = bins.findIndex(({ from }) => Math.abs(from) < 1e-12);
  const places = [
    { x: 0, text: edge(bins[0].from), anchor: 'start' },
    { x: WIDTH, text: edge(bins[bins.length - 1].to), anchor: 'end' },
    ...(zero > 0 && zero < bins.length ? [{ x: zero * column, text: '0', anchor: 'middle' }] : []),
  ];
  // Next to an end zero would stand on its label.
  const free = places.filter(({ x, anchor }) => anchor !== 'middle' || (x > 60 && x < WIDTH - 60));
  return free.map(({ x, text, anchor }) => html`<text x="${x.toFixed(1)}" y="${HEIGHT - 8}" text-anchor="${anchor}">${text}</text>`);
}

function edge(value: number): string {
  return Math.abs(value) < 1e-12 ? '0' : signedPercent(value);
}

function summaryOf(gains: readonly number[]): string {
  const sorted = [...gains].sort((a, b) => a - b);
  const at = (share: number): string => signedPercent(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
  const won = gains.filter((gain) => gain > 0).length / gains.length;
  return `${percent(won)} above zero; median ${at(0.5)}; nine of ten between ${at(0.05)} and ${at(0.95)}; worst ${at(0)}, best ${at(1)}.`;
}
