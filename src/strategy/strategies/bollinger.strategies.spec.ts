import { candles } from '../../../test/support/candle-builder.js';
import { strategyRegistry } from '../../../test/support/strategies.js';

const registry = await strategyRegistry();

// Windows of 3, one deviation:
// Row:     2      3      4      5      6      7
// Close:   10     16     16     10     4      10
// Middle:  10     12     14     14     10     8
// Upper:   10     14.83  16.83  16.83  14.90  10.83
// Lower:   10     9.17   11.17  11.17  5.10   5.17
const market = candles().closes(10, 10, 10, 16, 16, 10, 4, 10).build();

describe('bollinger_breakout', () => {
  const bound = registry.bind('bollinger_breakout', { window: 3, multiplier: 1 });

  it('buys above the upper band and sells below the middle', () => {
    const { signals, indicators } = bound.frame(market);
    expect([...indicators['middle'].slice(2)]).toEqual([10, 12, 14, 14, 10, 8]);
    expect(indicators['upper'][3]).toBeCloseTo(12 + Math.sqrt(8), 12);
    expect([...signals]).toEqual([0, 0, 0, 1, 0, -1, 0, 0]);
  });

  it('does not buy on a band that has no width', () => {
    expect(bound.signals(candles().flat(0.1, 50).build()).rows).toHaveLength(0);
  });
});

describe('bollinger_reversion', () => {
  it('buys below the lower band and sells above the middle', () => {
    const { signals } = registry.bind('bollinger_reversion', { window: 3, multiplier: 1 }).frame(market);
    expect([...signals]).toEqual([0, 0, 0, -1, 0, 1, 0, -1]); // still below on row 6
  });
});
