import type { BacktestRun } from './engine/run-backtest.js';

/** Fewer closed trades than this say next to nothing, whatever they earned. */
const FEW_TRADES = 30;

export interface WarningFacts {
  readonly run: BacktestRun;
  readonly realData: boolean;
  readonly spikes: number;
  readonly warmupBars: number;
  readonly warmupNeeded: number;
  readonly fill: string;
}

/** What a careful friend would say about a result, in plain words. */
export function warningsOf({ run, realData, spikes, warmupBars, warmupNeeded, fill }: WarningFacts): string[] {
  const { candles, simulation, trades } = run;
  const warnings: string[] = [];
  if (!realData) warnings.push('The candles are made up by the built-in market. This run shows how the program works, not what a strategy earns.');
  if (trades.trades === 0) warnings.push('No trade was closed, so there is nothing to judge the strategy by.');
  else if (trades.trades < FEW_TRADES) warnings.push(`Only ${trades.trades} closed ${trades.trades === 1 ? 'trade' : 'trades'}: with fewer than ${FEW_TRADES} the figures are mostly luck.`);
  if (candles.missingBars > 0) warnings.push(`${candles.missingBars} of ${candles.length} bars have no candle (halts of the exchange). Nothing was filled on them; orders waited for the next real bar.`);
  if (spikes > 0) warnings.push(`${spikes} ${spikes === 1 ? 'bar leaves its neighbours' : 'bars leave their neighbours'} by more than a factor of three. Look at the file with: node dist/cli data doctor`);
  if (warmupBars < warmupNeeded) {
    const begin = warmupBars === 0 ? 'The data begin where the test does' : `The data begin only ${warmupBars} bars before the test`;
    warnings.push(`${begin}, but the strategy asks for ${warmupNeeded} bars before it: its indicators are undefined at first, and early signals may differ from those of a longer history.`);
  }
  if (fill === 'close') warnings.push('Orders fill at the very close that gave the signal. No bot can do that; expect less.');
  if (simulation.refusedEntries > 0) warnings.push(`${simulation.refusedEntries} purchases were left out because the quantity was below what the market trades.`);
  if (simulation.refusedExits > 0) warnings.push(`${simulation.refusedExits} sales were left out because the quantity was below what the market trades.`);
  return warnings;
}
