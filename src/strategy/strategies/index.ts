import { SmaCrossStrategy } from './sma-cross.strategy.js';

/** Every built-in strategy. Adding one takes its file and one line here. */
export const STRATEGIES = [SmaCrossStrategy];
