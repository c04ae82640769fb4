// One way of sweeping the pairs of sweep.mjs, in a process of its own. Usage: sweep-loop.mjs KIND ROUNDS
import { rmSync } from 'node:fs';

import { BARS, dist, makeMinutes, median, scratch } from './support.mjs';

const RULES = {
  initialCapital: 1,
  fill: 'next_open',
  costs: { feeRate: 0.001, feeFrom: 'received', slippage: 0 },
  sizing: { rule: 'all_in', quoteAmount: 0, fraction: 1 },
  lot: { quantityStep: 0, minNotional: 0 },
};
const PAIRS = [];
for (let fast = 5; fast <= 62; fast += 3) for (let slow = 70; slow <= 315; slow += 5) PAIRS.push({ fast_window: fast, slow_window: slow });

const [{ Candles }, { runBacktest }, { loadKernel }, { sweepOn }, { LocalEvaluator }, { SweepPool }, { SmaCrossStrategy }] = await Promise.all([
  dist('domain/candles.js'),
  dist('backtest/engine/run-backtest.js'),
  dist('kernels/load-kernel.js'),
  dist('kernels/load-sweep.js'),
  dist('optimize/sweep/evaluator.js'),
  dist('optimize/sweep/sweep-pool.js'),
  dist('strategy/strategies/sma-cross.strategy.js'),
]);
const { listSignals } = await dist('domain/signal.js');

const strategy = new SmaCrossStrategy();
const own = ({ fast_window: fastWindow, slow_window: slowWindow }) => ({ fastWindow, slowWindow });
/** By its short cut, as the registry binds it. */
const bind = (params) => ({ signals: (history, kernel) => strategy.signalList(history, own(params), kernel) });
/** As a strategy without one: a column of signals from columns of averages. */
const bindColumns = (params) => ({ signals: (history, _, indicators) => listSignals(strategy.generateSignals(history, own(params), indicators).signals) });

const candles = Candles.of('BTC/USDT', '1m', makeMinutes(1));
const ground = { candles, rules: RULES, withPsr: false };
const rows = { historyFrom: 0, from: 0, to: BARS };
const evaluate = (evaluator) => () => evaluator.figures(rows, PAIRS);

const [, , kind, rounds] = process.argv;
const close = [];
/** Milliseconds of this process's processors, which others on the machine do not change much; with workers, of the clock. */
const now = () => (kind === 'workers' ? performance.now() : process.cpuUsage().user / 1000);
const work = make(kind);
const times = [];
let figures;
for (let round = 0; round < Number(rounds); round++) {
  const started = now();
  figures = await work();
  times.push(now() - started);
}
await Promise.all(close.map((evaluator) => evaluator.close()));
const warm = times.length > 1 ? times.slice(1) : times;
process.stdout.write(
  JSON.stringify({
    first: times[0],
    median: median(warm),
    best: Math.min(...warm),
    trades: figures.reduce((sum, { closed_trades: trades }) => sum + trades, 0),
    wins: Math.round(figures.reduce((sum, { closed_trades: trades, win_rate: rate }) => sum + trades * (rate ?? 0), 0)),
    megabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
rmSync(scratch, { recursive: true, force: true });

function make(name) {
  switch (name) {
    case 'sweep':
      return evaluate(new LocalEvaluator(ground, bind, { kernel: loadKernel(), sweepOn }));
    case 'plain':
      return evaluate(new LocalEvaluator(ground, bind, { kernel: null, sweepOn: () => null }));
    case 'columns':
      return evaluate(new LocalEvaluator(ground, bindColumns, { kernel: loadKernel(), sweepOn }));
    case 'workers': {
      const pool = SweepPool.start(2, ground, { name: 'sma_cross', path: undefined });
      close.push(pool);
      return evaluate(pool);
    }
    case 'single':
      return async () => PAIRS.map((params) => {
        const { trades } = runBacktest(bind(params), candles, { from: 0, to: BARS }, RULES, loadKernel());
        return { closed_trades: trades.trades, win_rate: trades.winRate };
      });
    default:
      throw new Error(`There is no way ${name}`);
  }
}
