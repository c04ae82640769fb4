import type { BacktestResult, ResultMetrics } from '../backtest/backtest-result.js';
import { DAY_MS, timeframeMs } from '../domain/timeframe.js';
import { initialCapital } from './assumptions.js';
import type { Group, Row } from './layout.js';
import { count, counted, grouped, NOTHING, percent, ratio, signed, signedPercent, type MoneyFormat } from './numbers.js';
import type { Paint } from './paint.js';
import { duration, timeWithin } from './times.js';

/** A shorter test says nothing about a year: two good weeks would become +2,000 %. */
const LEAST_DAYS_PER_YEAR_FIGURES = 90;
const FOOTNOTE_MARK = '¹';

export interface Figures {
  readonly returns: Group;
  readonly risk: Group;
  readonly trades: Group;
  readonly costs: Group;
  readonly footnote: string | null;
}

/** Every figure of a result as text, in groups. */
export function figuresOf(result: BacktestResult, money: MoneyFormat, paint: Paint): Figures {
  const { manifest, metrics } = result;
  const spanMs = manifest.end - manifest.start;
  const yearly = spanMs >= LEAST_DAYS_PER_YEAR_FIGURES * DAY_MS;
  const mark = yearly ? '' : ` ${FOOTNOTE_MARK}`;
  const gain = (value: number | null): string => paint.bySign(value, signedPercent(value));
  return {
    returns: {
      title: 'Return',
      rows: [
        row('Initial capital', money(initialCapital(result))),
        row('Final equity', money(metrics.final_equity)),
        row('Total return', gain(metrics.total_return)),
        row(`CAGR${mark}`, yearly ? gain(metrics.cagr) : NOTHING),
        row('Buy and hold', gain(metrics.buy_and_hold_return)),
        row('Excess over holding', gain(metrics.excess_return)),
      ],
    },
    risk: {
      title: 'Risk',
      rows: [
        ...drawdownRows(metrics, spanMs),
        row('Volatility per year', percent(metrics.volatility)),
        row('Sharpe', ratio(metrics.sharpe)),
        row('Sharpe, daily', ratio(metrics.sharpe_daily)),
        row('Sortino', ratio(metrics.sortino)),
        row(`Calmar${mark}`, yearly ? ratio(metrics.calmar) : NOTHING),
      ],
    },
    trades: {
      title: 'Trades',
      rows: [
        row('Total', `${count(metrics.total_trades)}, ${count(metrics.closed_trades)} closed`),
        row('Won / lost', `${count(metrics.winning_trades)} / ${count(metrics.losing_trades)}`),
        row('Win rate', percent(metrics.win_rate)),
        row('Profit factor', ratio(metrics.profit_factor)),
        row('Expectancy', paint.bySign(metrics.expectancy, signed(metrics.expectancy, money(metrics.expectancy)))),
        row('SQN', ratio(metrics.sqn)),
        row('Best / worst', `${gain(metrics.best_trade)} / ${gain(metrics.worst_trade)}`),
        row('Average', gain(metrics.average_trade)),
        row('Held on average', held(metrics.average_bars_held, timeframeMs(manifest.timeframe))),
        row('Longest losing streak', count(metrics.longest_losing_streak)),
        row('Exposure', percent(metrics.exposure)),
      ],
    },
    costs: {
      title: 'Costs',
      rows: [
        row('Fees', money(metrics.fees_paid)),
        row('Slippage', money(metrics.slippage_paid)),
        row('Turnover', `${ratio(metrics.turnover)} × equity`),
      ],
    },
    footnote: yearly ? null : `${FOOTNOTE_MARK} (shown from ${LEAST_DAYS_PER_YEAR_FIGURES} days on)`,
  };
}

function drawdownRows(metrics: ResultMetrics, spanMs: number): Row[] {
  const { max_drawdown_peak_at: peak, max_drawdown_trough_at: trough, max_drawdown_days: days } = metrics;
  const depth = row('Max drawdown', percent(metrics.max_drawdown));
  if (peak === null || trough === null) return [depth];
  const lasted = days === null ? NOTHING : duration(days * DAY_MS);
  return [
    depth,
    row('  fell', `${timeWithin(spanMs, peak)} → ${timeWithin(spanMs, trough)}`),
    row('  lasted', `${lasted}, ${metrics.max_drawdown_recovered_at === null ? 'not recovered' : 'recovered'}`),
  ];
}

/** `41.3 bars, 1.7 days` */
function held(bars: number | null, barMs: number): string {
  if (bars === null || !Number.isFinite(bars)) return NOTHING;
  const shown = bars === 1 || Math.abs(bars) >= 1e6 ? counted(bars, 'bar') : `${grouped(bars, 1)} bars`;
  return `${shown}, ${duration(bars * barMs)}`;
}

function row(label: string, value: string): Row {
  return { label, value };
}
