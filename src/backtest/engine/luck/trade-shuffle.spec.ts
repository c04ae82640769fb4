import { Random } from '../../../domain/random.js';
import { accountFall, shuffle } from './trade-shuffle.js';

describe('accountFall', () => {
  it('measures from the peak', () => {
    // 100, 110, 90, 95: 20 of 110
    expect(accountFall(100, [10, -20, 5])).toEqual({ share: 1 - 90 / 110, amount: 20, finalEquity: 95 });
  });

  it('depends on the order, the end does not', () => {
    // 100, 105, 85, 95: 20 of 105
    expect(accountFall(100, [10, -20, 5], [2, 1, 0])).toEqual({ share: 1 - 85 / 105, amount: 20, finalEquity: 95 });
  });

  it('is none without trades', () => {
    expect(accountFall(100, [])).toEqual({ share: 0, amount: 0, finalEquity: 100 });
  });
});

describe('shuffle', () => {
  const shuffled = (seed: number): number[] => {
    const order = Int32Array.from({ length: 30 }, (_, i) => i);
    shuffle(order, new Random(seed));
    return [...order];
  };

  it('keeps every index, in an order that the seed decides', () => {
    expect(shuffled(1).sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i));
    expect(shuffled(1)).toEqual(shuffled(1));
    expect(shuffled(1)).not.toEqual(shuffled(2));
  });

  it('makes every order as likely', () => {
    const random = new Random(4);
    const seen = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = Int32Array.of(0, 1, 2);
      shuffle(order, random);
      seen.set(order.join(''), (seen.get(order.join('')) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(120); // four standard deviations
  });
});
