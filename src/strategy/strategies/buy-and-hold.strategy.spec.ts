import { holdings } from '../../domain/decision.js';
import { candles } from '../../../test/support/candle-builder.js';
import { strategyRegistry } from '../../../test/support/strategies.js';

const registry = await strategyRegistry();

describe('buy_and_hold', () => {
  const bound = registry.bind('buy_and_hold', {});

  it('buys on the first bar on which the price moves and holds for ever', () => {
    const { signals } = bound.frame(candles().flat(10, 3).closes(11, 11, 9).build());
    expect([...signals]).toEqual([0, 0, 0, 1, 0, 1]);
    expect([...holdings(signals)]).toEqual([0, 0, 0, 1, 1, 1]);
  });

  it('asks for the close before the test, so that the first bar of the test can be bought on', () => {
    expect(bound.warmupBars).toBe(1);
  });
});
