import fc from 'fast-check';

import type { BacktestResult, Manifest, ResultMetrics, ResultTrade } from '../backtest/backtest-result.js';
import { TIMEFRAMES } from '../domain/timeframe.js';
import { columnsOf } from './columns.js';
import { missionReport } from './mission-report.js';

const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);

const manifest: Manifest = {
  format: 1,
  created_at: START,
  created_at_iso: '',
  engine_version: '0.1.0',
  strategy: 'sma_cross',
  strategy_version: '1',
  strategy_sha256: null,
  symbol: 'BTC/USDT',
  timeframe: '1d',
  start: START,
  start_iso: '',
  end: START + 120 * DAY,
  end_iso: '',
  bars: 120,
  warmup_bars: 30,
  warmup_bars_needed: 30,
  source: 'exchange',
  real_data: true,
  seed: 1,
  fill: 'next_open',
  candles_sha256: '',
  candle_checks: '',
  data_quality: { verdict: 'clean', missing_bars: 0, zero_volume_bars: 0, spikes: 0 },
  overridden_params: ['fast_window'],
};

const metrics: ResultMetrics = {
  final_equity: 11_200,
  total_return: 0.12,
  cagr: 0.4123,
  volatility: 0.282,
  sharpe: 1.374,
  sharpe_daily: 1.374,
  sortino: 2.05,
  calmar: 4.115,
  max_drawdown: 0.1,
  max_drawdown_peak_at: START + 48 * DAY,
  max_drawdown_peak_at_iso: '',
  max_drawdown_trough_at: START + 72 * DAY,
  max_drawdown_trough_at_iso: '',
  max_drawdown_recovered_at: START + 96 * DAY,
  max_drawdown_recovered_at_iso: '',
  max_drawdown_days: 48,
  exposure: 0.483,
  total_trades: 5,
  closed_trades: 4,
  winning_trades: 3,
  losing_trades: 1,
  win_rate: 0.75,
  profit_factor: 2.5,
  expectancy: 212.5,
  sqn: 1.1,
  best_trade: 0.08,
  worst_trade: -0.0562,
  average_trade: 0.0213,
  average_bars_held: 14.5,
  longest_losing_streak: 1,
  fees_paid: 93.4,
  slippage_paid: 46.7,
  turnover: 9,
  buy_and_hold_return: 0.38,
  excess_return: -0.26,
};

const trade: ResultTrade = {
  entry_time: START + 100 * DAY,
  entry_time_iso: '',
  entry_price: 67_432.1,
  exit_time: null,
  exit_time_iso: null,
  exit_price: null,
  quantity: 0.1,
  fees: 1,
  slippage: 1,
  pnl: null,
  return: null,
  bars_held: null,
};

const result: BacktestResult = {
  manifest,
  config: {
    backtest: { initial_capital: 10_000, fee_rate: 0.001, fee_from: 'received', slippage_bps: 5, fill: 'next_open', sizing: 'all_in' },
    risk: { max_position_size_usd: 100 },
  },
  params: { fast_window: 12, slow_window: 30 },
  metrics,
  trades: [trade],
  equity_curve: [10_000, 10_900, 11_000, 9_900, 11_000, 11_200].map((equity, i) => ({ time: START + i * 24 * DAY, equity })),
  gaps: [
    { from: START + 7 * DAY, from_iso: '', to: START + 9 * DAY, to_iso: '', missing_bars: 2 },
    { from: START + 70 * DAY, from_iso: '', to: START + 71 * DAY, to_iso: '', missing_bars: 1 },
  ],
  warnings: ['Only 4 closed trades: figures per trade say little.'],
};

function plain(change: Partial<BacktestResult> = {}, width?: number): string {
  return missionReport({ ...result, ...change }, { color: false, width });
}

describe('missionReport', () => {
  it('reads from the verdict to the fine print', () => {
    expect(`${missionReport(result, { color: false, savedTo: 'results/run.json' })}\n`).toBe(EXPECTED);
  });

  it('puts below the title that a market is made up, without colour too', () => {
    const lines = plain({ manifest: { ...manifest, real_data: false } }).split('\n');
    expect(lines[1]).toBe('███ THIS MARKET IS MADE UP. No result on it says anything about a real one. ███');
    expect(plain()).not.toContain('MADE UP');
  });

  it('shows what is per year from 90 days on', () => {
    const until = (days: number): string => plain({ manifest: { ...manifest, end: START + days * DAY } });
    expect(until(90)).toMatch(/^CAGR +\+41\.2 % /m);
    expect(until(90)).not.toContain('shown from');
    expect(until(89)).toMatch(/^CAGR ¹ +— /m);
    expect(until(89)).toMatch(/^Calmar ¹ +—/m);
    expect(until(89)).toContain('¹ (shown from 90 days on)');
  });

  it('says whether the worst fall was recovered, and nothing more when there was none', () => {
    expect(plain({ metrics: { ...metrics, max_drawdown_recovered_at: null } })).toContain('48 days, not recovered');
    const none = { max_drawdown: 0, max_drawdown_peak_at: null, max_drawdown_trough_at: null, max_drawdown_days: null };
    expect(plain({ metrics: { ...metrics, ...none } })).not.toMatch(/fell|lasted/);
  });

  it('leaves out what it has nothing to say about', () => {
    const text = plain({ params: {}, trades: [], equity_curve: [], gaps: [], warnings: [] });
    expect(text).toContain('Parameters  none');
    expect(text).not.toMatch(/Open position|┤|Warnings|Saved to/);
  });

  it('needs 48 lines or fewer for a run without notices', () => {
    expect(plain({ trades: [], gaps: [], warnings: [] }).split('\n').length).toBeLessThanOrEqual(48);
  });

  it('puts the groups under one another where two columns do not fit', () => {
    expect(plain({}, 60)).toMatch(/^Return ─+\n(.+\n)+\nRisk ─+\n(.+\n)+\nTrades ─+\n(.+\n)+\nCosts ─+\n/m);
  });

  it('is the same text in colour', () => {
    const colored = missionReport(result, { color: true });
    expect(colored).toContain('\u001b[31m-26.0 %\u001b[39m');
    expect(colored.replace(/\p{Cc}\[\d+m/gu, '')).toBe(plain());
  });

  it('never exceeds the width, never throws and never prints what is no number', () => {
    fc.assert(
      fc.property(anyResult, fc.boolean(), fc.constantFrom(80, 80, 40, 61, 100, 200), (extreme, color, width) => {
        const text = missionReport(extreme, { color, width, savedTo: 'results/'.repeat(20) });
        for (const line of text.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(width);
        expect(text).not.toMatch(/NaN|undefined|Infinity|null|\[object/);
      }),
      { numRuns: 300 },
    );
  });

  it.each([0, 39, NaN, Infinity, -5])('takes a width of %p for one that can be used', (width) => {
    const longest = Math.max(...plain({}, width).split('\n').map(columnsOf));
    expect(longest).toBeLessThanOrEqual(80);
  });
});

const number = fc.oneof(
  fc.constantFrom(0, -0, 1, -1, 1e-12, -1e-12, 1e15, -1e15, 1e6, 1e300, NaN, Infinity, -Infinity),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
);
const instant = fc.oneof(fc.integer({ min: 0, max: 4e12 }), fc.constantFrom(START, NaN, 9e15, -1e14));
// Upper case, so that no text spells out the very words that must not be printed.
const text = fc.oneof(fc.string({ maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 60 })).map((any) => any.toUpperCase());
const value = fc.oneof(number, text, fc.boolean(), fc.constantFrom(null, undefined), fc.array(fc.integer(), { maxLength: 60 }));

const backtestKey = fc.constantFrom('initial_capital', 'fee_rate', 'fee_from', 'slippage_bps', 'fill', 'sizing', 'fraction');

const anyMetrics = fc.record(
  Object.fromEntries(
    Object.entries(metrics).map(([key, example]) => {
      const one = key.endsWith('_at') ? instant : key.endsWith('_iso') ? fc.constant('') : number;
      const always = ['final_equity', 'total_return', 'max_drawdown', 'exposure', 'turnover', 'fees_paid', 'slippage_paid'].includes(key);
      return [key, always || /trades$|streak/.test(key) ? one : fc.oneof(one, fc.constant(null), fc.constant(example))];
    }),
  ),
) as unknown as fc.Arbitrary<ResultMetrics>;

const anyResult: fc.Arbitrary<BacktestResult> = fc.record({
  manifest: fc
    .record({
      strategy: text,
      symbol: fc.oneof(text, fc.constantFrom('BTC/USDT', '币安人生/USDT:USDT', `${'A'.repeat(90)}/${'B'.repeat(90)}`)),
      timeframe: fc.constantFrom(...TIMEFRAMES),
      start: instant,
      end: instant,
      bars: fc.integer({ min: 0, max: 1e9 }),
      real_data: fc.boolean(),
      fill: text,
      overridden_params: fc.array(text, { maxLength: 3 }),
    })
    .map((some) => ({ ...manifest, ...some })),
  config: fc.record({
    backtest: fc.oneof(fc.dictionary(backtestKey, value), value),
    risk: fc.oneof(fc.record({ max_position_size_usd: value }), value),
  }),
  params: fc.dictionary(text, value, { maxKeys: 30 }),
  metrics: anyMetrics,
  trades: fc.array(fc.record({ entry_time: instant, entry_price: number }).map((some) => ({ ...trade, ...some })), { maxLength: 2 }),
  equity_curve: fc.array(fc.record({ time: instant, equity: number }), { maxLength: 200 }),
  gaps: fc.array(
    fc.record({ from: instant, to: instant, missing_bars: number, from_iso: fc.constant(''), to_iso: fc.constant('') }),
    { maxLength: 3 },
  ),
  warnings: fc.array(text, { maxLength: 3 }),
});

const EXPECTED = `sma_cross · BTC/USDT · 1d · 2024-01-01 → 2024-04-30 · 120 days · 120 bars

Lost to holding: +12.0 % against +38.0 %, with a worst fall of 10.0 %,
on 4 closed trades.

Parameters  fast_window=12*  slow_window=30  (* from the command line)

Equity, USDT ───────────────────────────────────────────────────────────────────
        │                                                              ⢀⣀⣀⡠⠤⠤⠔⠒⠒
 11,000 ┤                ⢀⣀⣀⣀⣀⣀⡠⠤⠤⠤⠤⠤⠤⡀                         ⢀⠔⠒⠒⠊⠉⠉⠁
        │            ⡠⠔⠉⠉⠁            ⠈⠢⡀                     ⢀⠔⠁
        │         ⢀⠔⠊                   ⠈⠢⢄                 ⢀⠔⠁
 10,500 ┤       ⡠⠊⠁                        ⠑⢄             ⡠⠒⠁
        │    ⣀⠔⠉                             ⠑⢄         ⡠⠊
        │ ⢀⠤⠊                                  ⠑⢄     ⡠⠊
 10,000 ┤⠔⠁┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈⠑⠢⡀⡠⠊┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈
        │                                          ⠈
        ├── fall from the highest equity so far ────────────────────────────────
    0 % ┤                             ⠈⠉⠛⠛⠿⢿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡿⠿⠛⠛⠉⠉
-10.0 % ┤                                    ⠈⠉⠛⠛⠿⢿⣿⡿⠿⠛⠛⠉⠁
        └┬──────────────────────┬───────────────────────┬──────────────────────┬
         2024-01-01        2024-02-18              2024-03-13         2024-04-30

Return ───────────────────────────────    Trades ───────────────────────────────
Initial capital         10,000.00 USDT    Total                      5, 4 closed
Final equity            11,200.00 USDT    Won / lost                       3 / 1
Total return                   +12.0 %    Win rate                        75.0 %
CAGR                           +41.2 %    Profit factor                     2.50
Buy and hold                   +38.0 %    Expectancy                +212.50 USDT
Excess over holding            -26.0 %    SQN                               1.10
                                          Best / worst           +8.0 % / -5.6 %
Risk ─────────────────────────────────    Average                         +2.1 %
Max drawdown                    10.0 %    Held on average   14.5 bars, 14.5 days
  fell         2024-02-18 → 2024-03-13    Longest losing streak                1
  lasted            48 days, recovered    Exposure                        48.3 %
Volatility per year             28.2 %
Sharpe                            1.37    Costs ────────────────────────────────
Sharpe, daily                     1.37    Fees                        93.40 USDT
Sortino                           2.05    Slippage                    46.70 USDT
Calmar                            4.12    Turnover                 9.00 × equity
Open position since 2024-04-10 at 67,432.10 USDT, valued at the last close

Assumptions ────────────────────────────────────────────────────────────────────
Orders fill at the next bar's open; fee 0.1 % per side, taken from what is
received; slippage 5 bps per side; all cash into each purchase.
Year of 365 days; sample deviation; Sharpe per bar × √periods per year,
daily × √365; risk-free rate 0.

Warnings ───────────────────────────────────────────────────────────────────────
! Only 4 closed trades: figures per trade say little.
! 2 gaps in the candles, 3 bars missing, the longest 2 bars,
  2024-01-08 → 2024-01-10; nothing filled there.

Saved to results/run.json
`;

describe('the parts about luck and costs', () => {
  const curve = Array.from({ length: 60 }, (_, i) => ({ time: START + i * DAY, equity: 10_000 + 100 * i + 300 * ((i * 7) % 5) }));
  const sensitivity = { feeRates: [0, 0.001, 0.002], slippagesBps: [0, 5, 15], tables: [{ fill: 'next_open' as const, returns: [[0.3, 0.2, 0.1], [0.2, 0.1, 0], [0.1, 0, -0.1]] }], chargedBps: 15, breakEven: { kind: 'at' as const, bps: 21.4 } };

  it('stand between the figures and the assumptions, within the width', () => {
    for (const width of [40, 80, 120]) {
      const text = missionReport({ ...result, equity_curve: curve }, { color: false, width, tries: { tries: 14, variance: 0.002 }, sensitivity });
      const headings = [...text.matchAll(/^(Costs|Luck|Total return under other costs|Assumptions) ─/gm)].map(([, title]) => title);
      expect(headings.filter((title) => title !== 'Costs')).toEqual(['Luck', 'Total return under other costs', 'Assumptions']);
      for (const line of text.split('\n')) expect(columnsOf(line)).toBeLessThanOrEqual(width);
      expect(text.replaceAll('\n', ' ')).toContain('14 sets of parameters were tried');
    }
  });

  it('are left out where nothing is known', () => {
    const text = plain();
    expect(text).not.toMatch(/^Luck|under other costs/m);
  });
});
