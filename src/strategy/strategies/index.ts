import { BollingerBreakoutStrategy } from './bollinger-breakout.strategy.js';
import { BollingerReversionStrategy } from './bollinger-reversion.strategy.js';
import { BuyAndHoldStrategy } from './buy-and-hold.strategy.js';
import { DonchianBreakoutStrategy } from './donchian-breakout.strategy.js';
import { EmaCrossStrategy } from './ema-cross.strategy.js';
import { MacdCrossStrategy } from './macd-cross.strategy.js';
import { MomentumStrategy } from './momentum.strategy.js';
import { RsiReversionStrategy } from './rsi-reversion.strategy.js';
import { SmaCrossStrategy } from './sma-cross.strategy.js';
import { SupertrendFollowStrategy } from './supertrend-follow.strategy.js';

/** Every built-in strategy. Adding one takes its file and one line here. */
export const STRATEGIES = [
  BollingerBreakoutStrategy,
  BollingerReversionStrategy,
  BuyAndHoldStrategy,
  DonchianBreakoutStrategy,
  EmaCrossStrategy,
  MacdCrossStrategy,
  MomentumStrategy,
  RsiReversionStrategy,
  SmaCrossStrategy,
  SupertrendFollowStrategy,
];
