import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';

import type { Candles } from '../domain/candles.js';
import { StrategyError } from '../domain/errors.js';
import type { Kernel } from '../domain/kernel.js';
import { didYouMean } from '../domain/nearest-name.js';
import { listSignals, type SignalFrame, type SignalList } from '../domain/signal.js';
import { parseDeclared, toDocument } from '../schema/parse.js';
import { IndicatorSet } from './indicator-set.js';
import { StrategyMark, type StrategyOptions } from './strategy.decorator.js';
import type { BoundStrategy, TradingStrategy } from './trading-strategy.js';

/** A strategy as it was declared. */
export interface RegisteredStrategy extends StrategyOptions<object> {
  readonly strategy: TradingStrategy;
}

/** Finds every `@Strategy` among the providers when the application starts, and binds them to parameters by name. */
@Injectable()
export class StrategyRegistry implements OnModuleInit {
  private readonly byName = new Map<string, RegisteredStrategy>();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    for (const provider of this.discovery.getProviders({ metadataKey: StrategyMark.KEY })) {
      const options = this.discovery.getMetadataByDecorator(StrategyMark, provider);
      if (options !== undefined) this.register({ ...options, strategy: provider.instance as TradingStrategy });
    }
  }

  /** @throws StrategyError when the name is taken or is not one that users can type */
  register(entry: RegisteredStrategy): void {
    const owner = entry.strategy.constructor.name;
    if (!/^[a-z][a-z0-9_]{0,40}$/.test(entry.name)) {
      throw new StrategyError('STRATEGY.INVALID', `${owner}: the name must be snake_case, up to 41 letters and digits, was "${entry.name}"`);
    }
    const taken = this.byName.get(entry.name);
    if (taken !== undefined && taken.strategy !== entry.strategy) {
      throw new StrategyError('STRATEGY.INVALID', `${owner}: the name "${entry.name}" belongs to ${taken.strategy.constructor.name} already; give @Strategy another one`);
    }
    this.byName.set(entry.name, entry);
  }

  names(): string[] {
    return [...this.byName.keys()].sort();
  }

  /** @throws StrategyError with a suggestion when there is no such strategy */
  get(name: string): RegisteredStrategy {
    const entry = this.byName.get(name);
    if (entry !== undefined) return entry;
    const names = this.names();
    throw new StrategyError('STRATEGY.UNKNOWN', `Unknown strategy "${name}".${didYouMean(name, names)} There are: ${names.join(', ')}`);
  }

  /**
   * @param params in the user's spelling; what is left out takes its default
   * @throws StrategyError naming every refused parameter
   */
  bind(name: string, params: Readonly<Record<string, unknown>>): BoundStrategy {
    const { strategy, version, params: type } = this.get(name);
    const parsed = parseDeclared(type, params);
    if (!parsed.ok) {
      throw new StrategyError('STRATEGY.PARAMS', `${name}: ${parsed.problems.map(({ path, message }) => `${path === '' ? 'params' : path} ${message}`).join('; ')}`);
    }
    const checked = parsed.value;
    return {
      name,
      version,
      params: toDocument(checked),
      warmupBars: strategy.warmupBars(checked),
      frame: (candles) => checkFrame(name, candles, strategy.generateSignals(candles, checked, new IndicatorSet(candles))),
      signals: (candles, kernel = null) => signalsOf(name, strategy, candles, checked, kernel),
    };
  }
}

function signalsOf(name: string, strategy: TradingStrategy, candles: Candles, params: object, kernel: Kernel | null): SignalList {
  const list = strategy.signalList?.(candles, params, kernel);
  return list ?? listSignals(checkFrame(name, candles, strategy.generateSignals(candles, params, new IndicatorSet(candles))).signals);
}

/** Shapes are checked where they enter, so that no engine has to wonder. */
function checkFrame(name: string, candles: Candles, frame: SignalFrame): SignalFrame {
  const { signals, indicators } = frame;
  if (!(signals instanceof Int8Array) || signals.length !== candles.length) {
    throw new StrategyError('STRATEGY.FRAME', `${name}: signals must be an Int8Array of ${candles.length} values, one per candle, had ${signals.length}`);
  }
  const odd = signals.findIndex((signal) => signal < -1 || signal > 1);
  if (odd >= 0) throw new StrategyError('STRATEGY.FRAME', `${name}: signals must be 1, 0 or -1, was ${signals[odd]} in row ${odd}`);
  for (const [indicator, column] of Object.entries(indicators)) {
    if (column.length !== candles.length) {
      throw new StrategyError('STRATEGY.FRAME', `${name}: indicator "${indicator}" has ${column.length} values; expected ${candles.length}, one per candle`);
    }
  }
  return frame;
}
