import type { BacktestResult, ResultTrade } from '../../backtest/backtest-result.js';
import type { TradingRules } from '../../backtest/engine/simulate.js';
import { timeframeMs } from '../../domain/timeframe.js';
import { assumptions, CONVENTION, initialCapital } from '../assumptions.js';
import { oneLine } from '../columns.js';
import { figuresOf } from '../figures.js';
import type { Group } from '../layout.js';
import { noticesOf, openPositionNotice } from '../notices.js';
import { counted, count, moneyFormat, percent, ratio, signedPercent } from '../numbers.js';
import { paintWith } from '../paint.js';
import { paramWords } from '../params.js';
import { duration, fullTime } from '../times.js';
import { verdict } from '../verdict.js';
import { definitionOf } from './definitions.js';
import { holdCurve } from './hold-curve.js';
import type { Curve, FigureGroup, PageModel, PageTrade, PriceView } from './page-model.js';
import { studySections, type Study } from './study-part.js';
import { TONES } from './tones.js';

const LONGEST_WORD = 60;

/** What is drawn besides the result itself. */
export interface BacktestView extends Study {
  /** The tested candles with the indicators of the same rows, or why there are none. */
  readonly price: PriceView | string;
  /** null where the settings of the result are not those of this version: then there is no curve of holding. */
  readonly rules: TradingRules | null;
}

/** A backtest as a page shows it. */
export function backtestPage(result: BacktestResult, { price, rules, ...study }: BacktestView): PageModel {
  const { manifest, metrics, trades, params } = result;
  const [base = '', quote = ''] = oneLine(manifest.symbol).split(/[/:]/);
  const open = openPositionNotice(trades, quote);
  return {
    kind: 'Backtest',
    about: [oneLine(manifest.strategy), oneLine(manifest.symbol), manifest.timeframe],
    headline: verdict(metrics, paintWith(false)),
    facts: [`${fullTime(manifest.start)} → ${fullTime(manifest.end)}`, duration(manifest.end - manifest.start), counted(manifest.bars, 'bar'), counted(metrics.total_trades, 'trade')],
    alarm: manifest.real_data ? null : 'This market is made up. No result on it says anything about a real one.',
    notices: [...noticesOf(result), ...(open === null ? [] : [`${open}.`])],
    tiles: tilesOf(result),
    ...figuresIn(result, quote),
    base,
    quote,
    timeframe: manifest.timeframe,
    firstMs: manifest.start,
    bars: manifest.bars,
    price,
    curves: curvesOf(result, price, rules),
    trades: trades.map(tradeOf),
    markLagMs: manifest.fill === 'close' ? timeframeMs(manifest.timeframe) : 0,
    sections: studySections(result, study),
    assumptions: [assumptions(result.config, manifest.fill, quote), CONVENTION],
    settings: paramWords(params, manifest.overridden_params, LONGEST_WORD).map((word) => {
      const at = word.indexOf('=');
      return { name: word.slice(0, at), value: word.slice(at + 1).replace(/\*$/, ' (command line)') };
    }),
    origin: originOf(result),
  };
}

function tilesOf({ metrics }: BacktestResult): PageModel['tiles'] {
  const tile = (label: string, value: string): PageModel['tiles'][number] => ({ label, value, meaning: definitionOf(label) });
  const signed = (value: number | null): string => TONES.bySign(value, signedPercent(value));
  return [
    tile('Total return', signed(metrics.total_return)),
    tile('Buy and hold', signed(metrics.buy_and_hold_return)),
    tile('Max drawdown', percent(metrics.max_drawdown)),
    tile('Sharpe', ratio(metrics.sharpe)),
    tile('Win rate', percent(metrics.win_rate)),
    { label: 'Closed trades', value: count(metrics.closed_trades), meaning: null },
  ];
}

/** The figures of the terminal's report, with what they mean. */
export function figuresIn(result: BacktestResult, quote: string): Pick<PageModel, 'groups' | 'footnote'> {
  const { returns, risk, trades, costs, footnote } = figuresOf(result, moneyFormat(quote, initialCapital(result)), TONES);
  const described = ({ title, rows }: Group): FigureGroup => ({ title, figures: rows.map(({ label, value }) => ({ label, value, meaning: definitionOf(label) })) });
  return { groups: [returns, risk, trades, costs].map(described), footnote };
}

function curvesOf({ equity_curve: curve }: BacktestResult, price: PriceView | string, rules: TradingRules | null): PageModel['curves'] {
  const account: Curve = { name: 'Strategy', values: Float64Array.from(curve, ({ equity }) => equity) };
  const held = typeof price === 'string' || rules === null ? null : holdCurve(price.candles, rules);
  return held === null ? [account] : [account, { name: 'Buy and hold', values: held }];
}

export function tradeOf(trade: ResultTrade): PageTrade {
  return {
    entryTime: trade.entry_time,
    entryPrice: trade.entry_price,
    exitTime: trade.exit_time,
    exitPrice: trade.exit_price,
    stop: null,
    quantity: trade.quantity,
    fees: trade.fees,
    pnl: trade.pnl,
    gain: trade.return,
    bars: trade.bars_held,
    reason: null,
  };
}

function originOf({ manifest }: BacktestResult): PageModel['origin'] {
  const { data_quality: quality } = manifest;
  return [
    { name: 'Made', value: `${fullTime(manifest.created_at)} UTC` },
    { name: 'Strategy', value: `${oneLine(manifest.strategy)}, version ${oneLine(manifest.strategy_version)}${manifest.strategy_sha256 === null || manifest.strategy_sha256 === undefined ? '' : `, SHA-256 ${oneLine(manifest.strategy_sha256)}`}` },
    { name: 'Engine', value: `version ${oneLine(manifest.engine_version)}` },
    { name: 'Candles', value: `${manifest.source === 'built-in' ? `built-in market, seed ${manifest.seed}` : 'exchange'}; ${quality.verdict}, ${counted(quality.missing_bars, 'bar')} missing` },
    { name: 'SHA-256 of the candles', value: oneLine(manifest.candles_sha256) },
  ];
}
