import { pageAssets } from '../../src/commands/report-page.js';
import { rulesOf } from '../../src/backtest/backtester.service.js';
import { buildResult } from '../../src/backtest/build-result.js';
import { runBacktest } from '../../src/backtest/engine/run-backtest.js';
import { Candles } from '../../src/domain/candles.js';
import { SyntheticMarket } from '../../src/exchange/synthetic-market.js';
import { openLedger, type Ledger } from '../../src/persistence/open-ledger.js';
import { readLedger } from '../../src/persistence/read-ledger.js';
import { botAccount } from '../../src/report/bot/bot-account.js';
import { botDocument } from '../../src/report/bot/bot-document.js';
import type { BotPeriod } from '../../src/report/bot/bot-period.js';
import { botReport, type BotReport } from '../../src/report/bot/bot-report.js';
import { botText } from '../../src/report/bot/bot-text.js';
import { differenceWords } from '../../src/report/bot/bot-words.js';
import { firstLook, readPeriod } from '../../src/report/bot/read-period.js';
import { botPage } from '../../src/report/html/bot-page.js';
import { reportPage } from '../../src/report/html/page.js';
import { toDocument } from '../../src/schema/parse.js';
import { PaperBench } from '../support/bot/paper-bench.js';
import { scripted } from '../support/bot/scripted-strategy.js';
import { useTemporaryFolder } from '../support/temporary-folder.js';

const HOUR = 3_600_000;
const START = Date.UTC(2024, 5, 1);
const BARS = 60;
const KEY = { botId: 'bot-1', mode: 'paper' as const, symbol: 'BTC/USDT' };
const CANDLES = Candles.of('BTC/USDT', '1h', new SyntheticMarket(1).candles('BTC/USDT', '1h', START, START + BARS * HOUR));
/** Bar → what the strategy says at its close: three round trips, and one that stays open. */
const SAYS = { 5: 1, 9: -1, 20: 1, 30: -1, 40: 1, 44: -1, 50: 1 };
const RISK = { max_position_size_usd: 1000, max_price_deviation_bps: 0, max_orders_per_hour: 0, max_orders_per_day: 0, max_daily_loss_usd: 0, max_drawdown_usd: 0, max_consecutive_losses: 0 };
const SETTINGS = { risk: RISK, data: { source: 'built-in' }, backtest: { sizing: 'fixed_quote', quantity_step: 0.00001, min_notional: 5 } };

describe('the report of a bot', () => {
  const inFolder = useTemporaryFolder();
  const strategy = scripted(START, SAYS, { warmupBars: 0 });
  let ledger: Ledger;

  beforeEach(async () => {
    ledger = await openLedger({ dataDir: inFolder('data'), botId: 'bot-1', nowMs: START });
  });

  afterEach(() => ledger.close());

  /** The bot lives through all bars but those it sleeps on; then its ledger is read, as the command does. */
  async function lived({ asleep = [], fromBar = 0 }: { readonly asleep?: readonly number[]; readonly fromBar?: number } = {}): Promise<{ readonly report: BotReport; readonly period: BotPeriod; readonly candles: Candles }> {
    const bench = await PaperBench.open(CANDLES, strategy, { settings: SETTINGS, database: ledger.database });
    for (let bar = 0; bar < BARS - 1; bar++) if (!asleep.includes(bar)) await bench.tick(bar, 1000);
    const period = await readLedger(inFolder('data'), (queries) => readPeriod(queries, KEY, '1h', START + fromBar * HOUR, START + BARS * HOUR));
    const candles = CANDLES.slice(fromBar);
    const account = botAccount(period, candles, bench.config.backtest.initialCapital);
    const rules = { ...rulesOf(bench.config), initialCapital: account.curve[0] };
    const run = runBacktest(strategy, CANDLES, { from: fromBar, to: BARS }, rules);
    const test = buildResult(run, {
      manifest: { created_at: START, engine_version: '1', strategy: 'scripted', strategy_version: '1', strategy_sha256: null, warmup_bars: 0, warmup_bars_needed: 0, source: 'built-in', real_data: false, seed: 1, fill: 'next_open', candles_sha256: '', candle_checks: '', data_quality: { verdict: 'clean', missing_bars: 0, zero_volume_bars: 0, spikes: 0 }, overridden_params: [] },
      config: toDocument(bench.config),
      params: {},
      warnings: [],
    });
    return { report: botReport({ period, account, candles, test, rules }), period, candles };
  }

  it('shows the curve, the trades and the figures of the backtest where the bot did what a backtest does', async () => {
    const { report } = await lived();
    const { result, test } = report;
    expect(result.trades).toHaveLength(4);
    result.equity_curve.forEach(({ equity, time }, point) => {
      expect(time).toBe(test.equity_curve[point].time);
      expect(equity).toBeCloseTo(test.equity_curve[point].equity, 6);
    });
    result.trades.forEach((trade, k) => {
      const twin = test.trades[k];
      expect([trade.quantity, trade.bars_held, trade.exit_time === null]).toEqual([twin.quantity, twin.bars_held, twin.exit_time === null]);
      expect(trade.entry_price).toBeCloseTo(twin.entry_price, 8);
      expect(trade.fees).toBeCloseTo(twin.fees, 6);
      // What is less than a step cannot be sold: it keeps its cost in the ledger, and goes with the next sale.
      expect(Math.abs((trade.pnl ?? 0) - (twin.pnl ?? 0))).toBeLessThan(0.00001 * trade.entry_price);
    });
    for (const name of ['total_return', 'max_drawdown', 'exposure', 'sharpe', 'turnover'] as const) expect(result.metrics[name]).toBeCloseTo(test.metrics[name] as number, 6);
    // The last bar has closed, and nothing was decided about it yet.
    expect(differenceWords(report)).toEqual(['On 1 bar of the period the bot decided nothing: it was not running, or could not look.']);
  });

  it('measures the slippage of paper as the assumption that it is made from', async () => {
    const { report } = await lived();
    const { slippage, assumedBps } = report;
    expect(assumedBps).toBeCloseTo(2, 9);
    expect(slippage.orders).toHaveLength(7);
    expect(slippage.withBook).toBe(4); // the gates read the book for entries
    for (const { order, fillPrice } of slippage.orders) {
      const bar = Math.floor((order.plannedAt - START) / HOUR);
      expect(Number(order.decisionPrice)).toBe(CANDLES.close[bar - 1]);
      expect(fillPrice / CANDLES.open[bar] - 1).toBeCloseTo(order.side === 'buy' ? 0.0002 : -0.0002, 9);
    }
  });

  it('names the trade that the bot slept through, and why it is missing', async () => {
    const { report } = await lived({ asleep: [20] });
    expect(report.pairing.onlyTest.map(({ test, decided }) => [(test.entry_time - START) / HOUR, decided])).toEqual([[21, null]]);
    expect(differenceWords(report)).toContain('1 trade of the backtest the bot did not make: 1 × nothing was decided on that bar.');
    expect(report.pairing.both).toHaveLength(3);
  });

  it('begins with what was held when the period began, and says so', async () => {
    const { report, candles } = await lived({ fromBar: 25 });
    expect(report.account.cameInLong).toBe(true);
    const held = Number(report.account.heldBefore);
    // Bought at bar 21, sold at bar 31: until then the account moves with the coins.
    const { curve } = report.account;
    expect(curve[3] - curve[2]).toBeCloseTo(held * (candles.close[2] - candles.close[1]), 6);
    expect(report.result.trades).toHaveLength(3);
    expect(differenceWords(report)[0]).toMatch(/^The bot came into the period holding 0\.\d+ BTC; a backtest begins with nothing\.$/);
  });

  it('is told on a terminal in lines of 80, and to machines with every order', async () => {
    const { report } = await lived({ asleep: [20] });
    const text = botText(report);
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(text).toContain('Book to fill');
    expect(text).not.toMatch(/NaN|undefined/);
    const document = JSON.parse(JSON.stringify(botDocument(report))) as { slippage: { orders: unknown[] }; pairs: object };
    expect(document.slippage.orders).toHaveLength(5);
    expect(document.pairs).toEqual({ both: 3, only_bot: 0, only_backtest: 1, bars_undecided: 2 });
  });

  it('is one page with the backtest beside it', async () => {
    const { report, candles } = await lived({ asleep: [20] });
    const page = reportPage(botPage(report, { candles, indicators: {} }), pageAssets());
    expect(page).toContain('Slippage, measured and assumed');
    expect(page).toContain('Beside the backtest');
    expect(page).toContain('nothing was decided on that bar');
    expect(page.slice(page.indexOf('<body>'), page.indexOf('<script>'))).not.toMatch(/NaN|undefined/);
  });

  it('has no first look where the bot never looked', async () => {
    await lived();
    const look = (symbol: string): Promise<number | null> => readLedger(inFolder('data'), (queries) => firstLook(queries, { ...KEY, symbol }, '1h'));
    expect(await look('BTC/USDT')).toBe(START);
    expect(await look('ETH/USDT')).toBeNull();
  });
});
