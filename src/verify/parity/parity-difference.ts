import type { ParityRow } from './parity-row.js';

/** Where the two wings first say something else. */
export interface ParityDifference {
  readonly bar: number;
  /** UTC ms of the bar's open. */
  readonly openTime: number;
  readonly field: string;
  readonly backtest: unknown;
  readonly bot: unknown;
  /** What that means, in words. */
  readonly cause: string;
}

/** Sums in doubles against exact ones: a few last digits after thousands of trades, far below any price step. */
const TOLERANCE = 1e-11;

const CAUSES: Readonly<Record<string, string>> = {
  openTime: 'the two did not see the same bars',
  signal: 'the strategy said something else in the live window than over the whole history: its warm-up is too short, or it looks ahead',
  decision: 'from the same signal another decision was made: the two disagree on whether a position is open',
  fill: 'the same decision was carried out in one of them only: a gate, a limit or the market stood against the order',
  side: 'the orders go in opposite directions',
  price: 'the same order filled at another price: another rule of filling, or another slippage',
  quantity: 'the same order was sized otherwise: another budget, step or price',
  fee: 'the same fill was charged another fee',
  equity: 'after the same fills the account is worth something else',
};

export interface ParityComparison {
  readonly bars: number;
  readonly fills: number;
  /** Bars on which anything differs. */
  readonly differences: number;
  readonly first: ParityDifference | null;
  /** Values of indicators that are not the same to the bit. */
  readonly indicatorDifferences: number;
}

/** Bar by bar; decisions, prices and quantities to the bit, fees and equity to eleven digits. */
export function compareRows(backtest: readonly ParityRow[], bot: readonly ParityRow[]): ParityComparison {
  let first: ParityDifference | null = null;
  let differences = 0;
  let indicatorDifferences = 0;
  let fills = 0;
  for (let bar = 0; bar < Math.max(backtest.length, bot.length); bar++) {
    const [engine, other] = [backtest.at(bar), bot.at(bar)];
    if (engine?.fill != null) fills++;
    const found = engine === undefined || other === undefined ? { field: 'openTime', backtest: engine?.openTime, bot: other?.openTime } : rowDifference(engine, other);
    if (engine !== undefined && other !== undefined) indicatorDifferences += otherIndicators(engine, other);
    if (found === null) continue;
    differences++;
    first ??= { bar, openTime: engine?.openTime ?? other?.openTime ?? 0, ...found, cause: CAUSES[found.field] };
  }
  return { bars: backtest.length, fills, differences, first, indicatorDifferences };
}

function rowDifference(engine: ParityRow, bot: ParityRow): { field: string; backtest: unknown; bot: unknown } | null {
  for (const field of ['openTime', 'signal', 'decision'] as const) {
    if (engine[field] !== bot[field]) return { field, backtest: engine[field], bot: bot[field] };
  }
  if (engine.fill === null || bot.fill === null) {
    if (engine.fill !== bot.fill) return { field: 'fill', backtest: engine.fill, bot: bot.fill };
  } else {
    for (const field of ['side', 'price', 'quantity'] as const) {
      if (engine.fill[field] !== bot.fill[field]) return { field, backtest: engine.fill[field], bot: bot.fill[field] };
    }
    if (!isClose(engine.fill.fee, bot.fill.fee)) return { field: 'fee', backtest: engine.fill.fee, bot: bot.fill.fee };
  }
  return isClose(engine.equity, bot.equity) ? null : { field: 'equity', backtest: engine.equity, bot: bot.equity };
}

function isClose(a: number, b: number): boolean {
  return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}

function otherIndicators(engine: ParityRow, bot: ParityRow): number {
  return Object.keys(engine.indicators).filter((name) => engine.indicators[name] !== (bot.indicators[name] ?? null)).length;
}
