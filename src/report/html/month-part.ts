import { grouped, signedPercent } from '../numbers.js';
import { html, type Html } from './html.js';
import { byYear, type MonthReturn } from './monthly.js';

const NAMES = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const SHADES = 4;
/** One wild month would leave all others pale: from here on everything is as dark as it gets. */
const DARKEST_PERCENTILE = 0.9;

/** A table of years and months, each as dark as its return is large; months that were never tested have no column. */
export function monthPart(months: readonly MonthReturn[]): Html {
  const darkest = darkestOf(months);
  const tested = NAMES.map((_, month) => month).filter((month) => months.some((known) => known.month === month));
  const rows = byYear(months).map(
    ({ year, months: cells, total }) =>
      html`<tr><th scope="row">${year}</th>${tested.map((month) => cell(cells[month], darkest))}<td class="total ${toneOf(total)}">${signedPercent(total)}</td></tr>`,
  );
  const partial = months.some((month) => month.partial) ? html`<p class="note">* Not the whole month.</p>` : null;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Monthly returns, a table that may be wider than the screen"><table class="months"><thead><tr><th scope="col">Year</th>${tested.map((month) => html`<th scope="col">${NAMES[month]}</th>`)}<th scope="col" class="total">Year</th></tr></thead><tbody>${rows}</tbody></table></div>${partial}`;
}

function cell(month: MonthReturn | null, darkest: number): Html {
  if (month === null) return html`<td class="none"></td>`;
  return html`<td class="${shadeOf(month.value, darkest)}">${shortPercent(month.value)}${month.partial ? '*' : ''}</td>`;
}

/** `up-3`, `down-1`, `flat` */
export function shadeOf(value: number, darkest: number): string {
  if (value === 0) return 'flat';
  const shade = Math.min(SHADES, Math.max(1, Math.ceil((Math.abs(value) / darkest) * SHADES)));
  return `${value > 0 ? 'up' : 'down'}-${shade}`;
}

/** One decimal for all, so that they can be compared at a glance; the heading says that they are percent. */
function shortPercent(value: number): string {
  const text = grouped(value * 100, 1);
  return Number(text.replaceAll(',', '')) > 0 ? `+${text}` : text;
}

function toneOf(value: number): string {
  if (value === 0) return '';
  return value > 0 ? 'good' : 'bad';
}

function darkestOf(months: readonly MonthReturn[]): number {
  const sizes = months.map(({ value }) => Math.abs(value)).sort((a, b) => a - b);
  return sizes[Math.ceil(sizes.length * DARKEST_PERCENTILE) - 1] || sizes.at(-1) || 1;
}
