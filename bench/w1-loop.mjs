// One way of running the backtest of w1.mjs, in a process of its own as the C loops are. Usage: w1-loop.mjs kernel|plain|one-pass
import { rmSync } from 'node:fs';

import { onePass } from './one-pass.mjs';
import { BARS, dist, makeMinutes, scratch, timed } from './support.mjs';

const FAST = 10;
const SLOW = 50;
const RULES = {
  initialCapital: 1,
  fill: 'next_open',
  costs: { feeRate: 0.001, feeFrom: 'received', slippage: 0 },
  sizing: { rule: 'all_in', quoteAmount: 0, fraction: 1 },
  lot: { quantityStep: 0, minNotional: 0 },
};

const [, , kind] = process.argv;
const minutes = makeMinutes(1);
const run = kind === 'one-pass' ? () => onePass(minutes, FAST, SLOW) : await engine(kind === 'kernel');
const times = timed(run);
const { trades, wins, sharpe } = run();
process.stdout.write(JSON.stringify({ ...times, trades, wins, sharpe }));
rmSync(scratch, { recursive: true, force: true });

async function engine(compiled) {
  const { Candles } = await dist('domain/candles.js');
  const { runBacktest } = await dist('backtest/engine/run-backtest.js');
  const { loadKernel } = await dist('kernels/load-kernel.js');
  const { SmaCrossStrategy } = await dist('strategy/strategies/sma-cross.strategy.js');
  const kernel = compiled ? loadKernel() : null;
  if (compiled && kernel === null) process.exit(1);
  const candles = Candles.of('BTC/USDT', '1m', minutes);
  const strategy = new SmaCrossStrategy();
  const source = { signals: (history, given) => strategy.signalList(history, { fastWindow: FAST, slowWindow: SLOW }, given) };
  return () => {
    const { trades, equity } = runBacktest(source, candles, { from: 0, to: BARS }, RULES, kernel);
    return { trades: trades.trades, wins: trades.wins, sharpe: equity.sharpe };
  };
}
