import type { Costs } from '../domain/costs.js';
import type { BacktestConfig } from './bot-config.js';

/** What a trade costs by the settings: the same in a backtest and on paper. */
export function costsOf({ feeRate, feeFrom, slippageBps }: Pick<BacktestConfig, 'feeRate' | 'feeFrom' | 'slippageBps'>): Costs {
  return { feeRate, feeFrom, slippage: slippageBps / 10_000 };
}
