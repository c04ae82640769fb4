import type { ResultMetrics } from '../backtest/backtest-result.js';
import { counted, percent, signedPercent } from './numbers.js';
import type { Paint } from './paint.js';

type Judged = Pick<ResultMetrics, 'total_return' | 'buy_and_hold_return' | 'max_drawdown' | 'total_trades' | 'closed_trades'>;

/** The result in one sentence: against holding, at what risk, on how many trades. */
export function verdict(metrics: Judged, paint: Paint): string {
  const { total_return: own, buy_and_hold_return: hold } = metrics;
  const shown = (value: number | null): string => paint.bySign(value, signedPercent(value));
  if (metrics.total_trades === 0) {
    return hold === null ? 'Made no trade.' : `Made no trade; holding would have returned ${shown(hold)}.`;
  }
  return `${comparison(own, hold, shown)}, ${risk(metrics.max_drawdown)}, on ${basis(metrics)}.`;
}

function comparison(own: number, hold: number | null, shown: (value: number | null) => string): string {
  if (hold === null || !Number.isFinite(own - hold)) return `No comparison with holding: ${shown(own)}`;
  // What reads the same is the same: "beat" with two equal numbers behind it would look like an error.
  if (signedPercent(own) === signedPercent(hold)) return `Level with holding: both ${shown(own)}`;
  return `${judgement(own, hold)} holding: ${shown(own)} against ${shown(hold)}`;
}

function judgement(own: number, hold: number): string {
  if (own < 0 && hold < 0) return own > hold ? 'Lost less than' : 'Lost more than';
  return own > hold ? 'Beat' : 'Lost to';
}

function risk(fall: number): string {
  return fall === 0 ? 'without any fall' : `with a worst fall of ${percent(fall)}`;
}

function basis({ closed_trades: closed, total_trades: total }: Judged): string {
  if (closed > 0) return counted(closed, 'closed trade');
  return total === 1 ? '1 trade that is still open' : `${counted(total, 'trade')}, none of them closed`;
}
