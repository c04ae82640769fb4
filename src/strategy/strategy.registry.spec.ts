import { Module } from '@nestjs/common';
import { DiscoveryModule, type DiscoveryService } from '@nestjs/core';
import { Test } from '@nestjs/testing';

import { candles } from '../../test/support/candle-builder.js';
import type { Candles } from '../domain/candles.js';
import { StrategyError } from '../domain/errors.js';
import type { SignalFrame } from '../domain/signal.js';
import { IntegerField } from '../schema/fields.js';
import { STRATEGIES } from './strategies/index.js';
import { Strategy } from './strategy.decorator.js';
import { StrategyModule } from './strategy.module.js';
import { StrategyRegistry } from './strategy.registry.js';
import type { TradingStrategy } from './trading-strategy.js';

class HoldParams {
  @IntegerField({ doc: 'Bars.', min: 1, max: 10, lessThan: 'mostBars' })
  fewBars = 2;

  @IntegerField({ doc: 'More bars.', min: 1, max: 20 })
  mostBars = 8;
}

/** A strategy whose frame a test chooses. */
class Hold implements TradingStrategy<HoldParams> {
  constructor(private readonly frame: (candles: Candles) => SignalFrame = ({ length }) => ({ signals: new Int8Array(length), indicators: {} })) {}

  warmupBars({ mostBars }: HoldParams): number {
    return mostBars;
  }

  generateSignals(series: Candles): SignalFrame {
    return this.frame(series);
  }
}

const OPTIONS = { name: 'hold', summary: 'Does nothing.', version: '1', params: HoldParams };

function registryOf(...strategies: TradingStrategy<HoldParams>[]): StrategyRegistry {
  const registry = new StrategyRegistry({ getProviders: () => [] } as unknown as DiscoveryService);
  for (const strategy of strategies) registry.register({ ...OPTIONS, strategy });
  return registry;
}

/** The error of a call that must fail. */
function faultOf(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    return error;
  }
}

describe('StrategyModule', () => {
  it('finds every built-in strategy, by name and in order', async () => {
    const module = await Test.createTestingModule({ imports: [StrategyModule] }).compile();
    await module.init();
    const registry = module.get(StrategyRegistry);
    expect(registry.names()).toHaveLength(STRATEGIES.length);
    expect(registry.names()).toEqual([...registry.names()].sort());
    expect(registry.names()).toContain('sma_cross');
  });

  it('refuses to start with two strategies of one name', async () => {
    @Strategy(OPTIONS)
    class First extends Hold {}
    @Strategy(OPTIONS)
    class Second extends First {}
    @Module({ imports: [DiscoveryModule], providers: [StrategyRegistry, First, Second] })
    class Twice {}
    const module = await Test.createTestingModule({ imports: [Twice] }).compile();
    await expect(module.init()).rejects.toMatchObject({ code: 'STRATEGY.INVALID', message: expect.stringMatching(/^Second: the name "hold" belongs to First already/) });
  });
});

describe('StrategyRegistry', () => {
  it('takes the same strategy twice, but no two of one name', () => {
    const hold = new Hold();
    expect(registryOf(hold, hold).names()).toEqual(['hold']);
    expect(faultOf(() => registryOf(hold, new Hold()))).toMatchObject({ code: 'STRATEGY.INVALID' });
  });

  it.each(['Hold', 'hold-on', '1hold', '', 'h old', '__proto__', 'a'.repeat(42)])('refuses %j as a name: users could not type it', (name) => {
    const fault = faultOf(() => registryOf().register({ ...OPTIONS, name, strategy: new Hold() }));
    expect(fault).toBeInstanceOf(StrategyError);
    expect(fault).toMatchObject({ code: 'STRATEGY.INVALID', message: expect.stringMatching(/must be snake_case/) });
  });

  it.each([
    { name: 'hodl', says: 'Unknown strategy "hodl". Did you mean "hold"? There are: hold' },
    { name: 'HOLD', says: 'Unknown strategy "HOLD". Did you mean "hold"? There are: hold' },
    { name: 'martingale', says: 'Unknown strategy "martingale". There are: hold' },
    { name: 'constructor', says: 'Unknown strategy "constructor". There are: hold' },
  ])('does not know $name', ({ name, says }) => {
    expect(faultOf(() => registryOf(new Hold()).bind(name, {}))).toMatchObject({ code: 'STRATEGY.UNKNOWN', exitCode: 2, message: says });
  });
});

describe('a bound strategy', () => {
  const series = candles().flat(100, 5).build();

  it('has its parameters with defaults, in the user’s spelling', () => {
    const { name, version, params, warmupBars } = registryOf(new Hold()).bind('hold', { most_bars: 12 });
    expect({ name, version, params, warmupBars }).toEqual({ name: 'hold', version: '1', params: { few_bars: 2, most_bars: 12 }, warmupBars: 12 });
  });

  it.each([
    { params: { few_bars: 0 }, says: 'hold: few_bars must be a whole number from 1 to 10, was 0' },
    { params: { few_bars: 9 }, says: 'hold: few_bars must be less than most_bars (8), was 9' },
    { params: { few_bars: '3', most_bars: 99 }, says: /^hold: few_bars must be .*, was "3"; most_bars must be .*, was 99$/ },
    { params: { few_bar: 3 }, says: /^hold: few_bar .*unknown.* Did you mean "few_bars"\?$/ },
    { params: { fewBars: 3 }, says: /^hold: fewBars .*unknown.* Did you mean "few_bars"\?$/ },
    { params: JSON.parse('{"__proto__":{"fewBars":3}}') as Record<string, unknown>, says: /^hold: __proto__ .*unknown/ },
    { params: [] as unknown as Record<string, unknown>, says: 'hold: params must be an object, was []' },
  ])('is refused with $params', ({ params, says }) => {
    const fault = faultOf(() => registryOf(new Hold()).bind('hold', params));
    expect(fault).toMatchObject({ code: 'STRATEGY.PARAMS', exitCode: 2, message: typeof says === 'string' ? says : expect.stringMatching(says) });
  });

  it.each([
    { frame: { signals: new Int8Array(4), indicators: {} }, says: 'hold: signals must be an Int8Array of 5 values, one per candle, had 4', why: 'too few signals' },
    { frame: { signals: [0, 0, 0, 0, 0] as unknown as Int8Array, indicators: {} }, says: /must be an Int8Array of 5 values/, why: 'signals of another kind' },
    { frame: { signals: new Int8Array(5), indicators: { fast: new Float64Array(6) } }, says: 'hold: indicator "fast" has 6 values; expected 5, one per candle', why: 'an indicator too long' },
  ])('is stopped with a frame of $why', ({ frame, says }) => {
    const bound = registryOf(new Hold(() => frame as SignalFrame)).bind('hold', {});
    const message = typeof says === 'string' ? says : expect.stringMatching(says);
    expect(faultOf(() => bound.frame(series))).toMatchObject({ code: 'STRATEGY.FRAME', message });
    expect(faultOf(() => bound.signals(series))).toMatchObject({ code: 'STRATEGY.FRAME', message });
  });

  it('lists its signals by way of the frame where it has no short cut, and takes the short cut where it has one', () => {
    const hold = new Hold(() => ({ signals: Int8Array.of(0, 1, 0, -1, 0), indicators: {} }));
    expect(registryOf(hold).bind('hold', {}).signals(series)).toEqual({ rows: Int32Array.of(1, 3), values: Int8Array.of(1, -1) });
    const short = Object.assign(new Hold(), { signalList: () => ({ rows: Int32Array.of(2), values: Int8Array.of(1) }) });
    expect(registryOf(short).bind('hold', {}).signals(series)).toEqual({ rows: Int32Array.of(2), values: Int8Array.of(1) });
  });
});
