import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';

import type { Candles } from '../domain/candles.js';
import { StrategyError } from '../domain/errors.js';
import type { Kernel } from '../domain/kernel.js';
import { didYouMean } from '../domain/nearest-name.js';
import { listSignals, type SignalFrame, type SignalList } from '../domain/signal.js';
import type { Timeframe } from '../domain/timeframe.js';
import { parseDeclared, toDocument } from '../schema/parse.js';
import { IndicatorSet } from './indicator-set.js';
import { StrategyMark, type StrategyOptions } from './strategy.decorator.js';
import type { BoundStrategy, TradingStrategy } from './trading-strategy.js';
import { loadUserStrategies } from './user/user-strategies.js';
import { ownCopy, toldByName } from './user/user-frame.js';

/** A strategy as it was declared. */
export interface RegisteredStrategy extends StrategyOptions<object> {
  readonly strategy: TradingStrategy;
  /** Only of a user's own strategy: its file, and what of it was loaded. */
  readonly file?: string;
  readonly sha256?: string;
}

/** How the settings name a strategy. */
export interface StrategySettings {
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** Folder of the user's own strategies. */
  readonly path?: string;
}

/** Finds every `@Strategy` among the providers when the application starts, and binds them to parameters by name. */
@Injectable()
export class StrategyRegistry implements OnModuleInit {
  private readonly byName = new Map<string, RegisteredStrategy>();
  private readonly loaded = new Set<string>();

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

  /**
   * Adds the strategies of a user's folder; once for each folder.
   *
   * @param path undefined where the settings name none
   * @throws StrategyError when the folder or a file cannot be used, or when a name is taken
   */
  load(path: string | undefined): void {
    if (path === undefined || this.loaded.has(path)) return;
    for (const entry of loadUserStrategies(path)) this.register(entry);
    this.loaded.add(path);
  }

  /** The strategy that the settings name, out of their folder where it is a user's own. @throws StrategyError as `load` and `bind` do */
  bindConfigured({ name, params, path }: StrategySettings, timeframe: Timeframe): BoundStrategy {
    this.load(path);
    return this.bind(name, params, timeframe);
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
   * @param timeframe of the bars; needed by strategies that look at a longer one
   * @throws StrategyError naming every refused parameter
   */
  bind(name: string, params: Readonly<Record<string, unknown>>, timeframe: Timeframe | null = null): BoundStrategy {
    const { strategy, version, params: type, sha256 } = this.get(name);
    const parsed = parseDeclared(type, params);
    if (!parsed.ok) {
      throw new StrategyError('STRATEGY.PARAMS', `${name}: ${parsed.problems.map(({ path, message }) => `${path === '' ? 'params' : path} ${message}`).join('; ')}`);
    }
    const checked = parsed.value;
    const bound = { name, version, params: toDocument(checked), warmupBars: warmupOf(name, strategy, checked, timeframe) };
    const frame = (candles: Candles, indicators = new IndicatorSet(candles)): SignalFrame => checkFrame(name, candles, strategy.generateSignals(candles, checked, indicators));
    const signals = (candles: Candles, kernel: Kernel | null = null, indicators?: IndicatorSet): SignalList => strategy.signalList?.(candles, checked, kernel) ?? listSignals(frame(candles, indicators).signals);
    if (sha256 === undefined) return { ...bound, frame, signals };
    return {
      ...bound,
      sha256,
      frame: (candles) => toldByName(name, () => frame(ownCopy(candles))),
      signals: (candles) => toldByName(name, () => signals(ownCopy(candles))),
    };
  }
}

function warmupOf(name: string, strategy: TradingStrategy, params: object, timeframe: Timeframe | null): number {
  // Who takes the second argument counts candles of another timeframe; the others are the same in every one.
  if (timeframe === null && strategy.warmupBars.length > 1) throw new StrategyError('STRATEGY.INVALID', `${name}: its warm-up depends on the timeframe of the bars, and it was bound without one`);
  const bars = strategy.warmupBars(params, timeframe as Timeframe);
  if (Number.isInteger(bars) && bars >= 0) return bars;
  throw new StrategyError('STRATEGY.INVALID', `${name}: warmupBars must be a whole number, 0 or more, was ${bars}`);
}

/** Shapes are checked where they enter, so that no engine has to wonder. */
function checkFrame(name: string, candles: Candles, frame: SignalFrame): SignalFrame {
  const { signals, indicators } = frame;
  if (!(signals instanceof Int8Array) || signals.length !== candles.length) {
    throw new StrategyError('STRATEGY.FRAME', `${name}: signals must be an Int8Array of ${candles.length} values, one per candle, had ${signals.length}`);
  }
  // A plain loop: a search checks ten thousand columns, and a call for each row would take longer than the rest.
  for (let row = 0; row < signals.length; row++) {
    if (signals[row] < -1 || signals[row] > 1) throw new StrategyError('STRATEGY.FRAME', `${name}: signals must be 1, 0 or -1, was ${signals[row]} in row ${row}`);
  }
  for (const [indicator, column] of Object.entries(indicators)) {
    if (column.length !== candles.length) {
      throw new StrategyError('STRATEGY.FRAME', `${name}: indicator "${indicator}" has ${column.length} values; expected ${candles.length}, one per candle`);
    }
  }
  return frame;
}
