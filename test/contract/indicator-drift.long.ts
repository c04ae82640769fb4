import { Candles } from '../../src/domain/candles.js';
import { Random } from '../../src/domain/random.js';
import { exactSum } from '../../src/domain/summation.js';
import { IndicatorSet } from '../../src/strategy/indicator-set.js';
import { rollingMoments } from '../../src/strategy/indicators/rolling.js';
import { firstDifference } from '../support/bits.js';
import { fetchedAlone } from '../support/candle-builder.js';
import { INDICATOR_TABLE } from './indicator-table.js';

const BARS = 5_000_000;
const WINDOW = 20;

/** A walk of whole cents around 30 000, nine and a half years of minutes. */
function longWalk(): Candles {
  const random = new Random(20);
  const column = (): Float64Array => new Float64Array(BARS);
  const [openTime, open, high, low, close, volume] = [column(), column(), column(), column(), column(), column()];
  let cents = 3_000_000;
  for (let i = 0; i < BARS; i++) {
    openTime[i] = i * 60_000;
    open[i] = cents / 100;
    const before = cents;
    cents = Math.max(1_000_000, cents + random.integer(4001) - 2000);
    close[i] = cents / 100;
    high[i] = (Math.max(before, cents) + random.integer(500)) / 100;
    low[i] = (Math.min(before, cents) - random.integer(500)) / 100;
    volume[i] = random.float() * 50;
  }
  return Candles.of('BTC/USDT', '1m', { openTime, open, high, low, close, volume });
}

describe('five million bars', () => {
  const candles = longWalk();

  it.each(INDICATOR_TABLE.filter(({ memory }) => Number.isFinite(memory(WINDOW))))('$name ends as it does on its last bars alone', ({ memory, columns }) => {
    const bars = memory(WINDOW);
    const from = BARS - bars - 1000;
    const alone = columns(new IndicatorSet(fetchedAlone(candles.slice(from))), WINDOW);
    for (const [name, column] of Object.entries(columns(new IndicatorSet(candles), WINDOW))) {
      const [found, expected] = [Array.from(alone[name]).slice(bars), Array.from({ length: 1000 }, (_, i) => column[from + bars + i])];
      expect({ name, difference: firstDifference(found, expected) }).toEqual({ name, difference: null });
    }
  });

  it('averages to 1e-14 and deviates to 1e-12, wherever one looks', () => {
    const { mean, deviation } = rollingMoments(candles.close, WINDOW, 0);
    const exact = new IndicatorSet(candles).sma('close', WINDOW);
    let [worstMean, worstSma, worstDeviation] = [0, 0, 0];
    for (let i = WINDOW - 1; i < BARS; i += 997) {
      const window = candles.close.subarray(i + 1 - WINDOW, i + 1);
      const trueMean = exactSum(window) / WINDOW;
      const trueDeviation = Math.sqrt(exactSum(window.map((price) => (price - trueMean) ** 2)) / WINDOW);
      worstMean = Math.max(worstMean, Math.abs(mean[i] / trueMean - 1));
      worstSma = Math.max(worstSma, Math.abs(exact[i] / trueMean - 1));
      worstDeviation = Math.max(worstDeviation, Math.abs(deviation[i] / trueDeviation - 1));
    }
    expect(worstMean).toBeLessThan(1e-14);
    expect(worstSma).toBeLessThan(1e-14);
    expect(worstDeviation).toBeLessThan(1e-12);
  });

  it('balances volume as the exact sum does', () => {
    const flows = candles.volume.map((volume, i) => (i === 0 ? volume : Math.sign(candles.close[i] - candles.close[i - 1]) * volume));
    const [found, expected] = [new IndicatorSet(candles).obv()[BARS - 1], exactSum(flows)];
    expect(Math.abs(found - expected)).toBeLessThan(1e-9);
  });
});
