import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';

import type { TradingStrategy } from './trading-strategy.js';

export interface StrategyOptions<P extends object> {
  /** What users type: snake_case, unique. */
  readonly name: string;
  /** One sentence for the list of strategies. */
  readonly summary: string;
  /** Raised whenever the same candles and params may give another signal; part of every result's manifest. */
  readonly version: string;
  /** Class of declared fields with defaults. */
  readonly params: new () => P;
}

/** Marks what the registry looks for. */
export const StrategyMark = DiscoveryService.createDecorator<StrategyOptions<object>>();

/** Makes a class a strategy that users can name. The compiler checks the class against `TradingStrategy` of these params. */
export function Strategy<P extends object>(options: StrategyOptions<P>) {
  return (target: new (...args: never[]) => TradingStrategy<P>): void => {
    Injectable()(target);
    StrategyMark(options)(target);
  };
}
