import type { BreakEven, Sensitivity } from '../backtest/engine/sensitivity.js';
import { columnsOf, padLeft, padRight } from './columns.js';
import { exactPercent, grouped, plainNumber, signedPercent } from './numbers.js';
import type { Paint } from './paint.js';

/** How orders were filled, as a title. */
export const FILL_TITLES: Readonly<Record<string, string>> = { next_open: 'Filled at the next open', close: "Filled at the signal's close" };
const GAP = '   ';

/** At what costs nothing is left, in one sentence. */
export function breakEvenSentence({ breakEven, chargedBps }: Pick<Sensitivity, 'breakEven' | 'chargedBps'>): string {
  const charged = `${bpsText(chargedBps)} were charged`;
  return `${BREAK_EVEN[breakEven.kind](breakEven)}; ${charged}.`;
}

const BREAK_EVEN: Readonly<Record<BreakEven['kind'], (found: BreakEven) => string>> = {
  at: (found) => `This strategy dies at ${bpsText(found.kind === 'at' ? found.bps : 0)} per side, fee and slippage together`,
  loses_anyway: () => 'This strategy loses even without any fee and slippage',
  bears_more: () => 'This strategy bears more than 1,000 bps per side, fee and slippage together',
  no_trades: () => 'Nothing was traded, so costs change nothing',
};

/** What the tables show. */
export const TABLES_CAPTION = 'By fee (downwards) and slippage (across), per side:';

/** Total return by fee (rows) and slippage (columns), a table for each rule of filling: beside each other where there is room, else below. */
export function sensitivityTables({ feeRates, slippagesBps, tables }: Sensitivity, width: number, paint: Paint): string[] {
  const labels = ['fee', ...feeRates.map(exactPercent)];
  const blocks = tables.map(({ fill, returns }) => block(FILL_TITLES[fill] ?? fill, labels, slippagesBps, returns, paint));
  const [left, right] = blocks;
  const room = right === undefined ? Infinity : Math.max(...left.map(columnsOf)) + GAP.length + Math.max(...right.map(columnsOf));
  if (room > width) return blocks.flatMap((lines, i) => (i === 0 ? lines : ['', ...lines]));
  const indent = Math.max(...left.map(columnsOf));
  return left.map((line, i) => `${padRight(line, indent)}${GAP}${right[i]}`);
}

function block(title: string, labels: readonly string[], slippages: readonly number[], returns: readonly (readonly number[])[], paint: Paint): string[] {
  const cells = [slippages.map(bpsText), ...returns.map((row) => row.map(signedPercent))];
  const first = Math.max(...labels.map(columnsOf));
  const widths = slippages.map((_, c) => Math.max(...cells.map((row) => columnsOf(row[c]))));
  const line = (r: number): string => [padRight(labels[r], first), ...widths.map((columns, c) => padLeft(r === 0 ? cells[0][c] : paint.bySign(returns[r - 1][c], cells[r][c]), columns))].join('  ');
  return [title, ...labels.map((_, r) => line(r))];
}

/** `6.4 bps`: a tenth where that says something. */
export function bpsText(value: number): string {
  const tenths = Math.round(value * 10) / 10;
  return `${Number.isInteger(tenths) || value >= 100 ? plainNumber(Math.round(value)) : grouped(value, 1)} bps`;
}
