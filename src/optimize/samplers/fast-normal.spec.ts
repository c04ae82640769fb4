import { normalCdf } from '../../backtest/engine/luck/normal.js';
import { fastNormalCdf } from './fast-normal.js';

describe('fastNormalCdf', () => {
  it('is the distribution function, small probabilities included', () => {
    for (let x = -37; x <= 9; x += 0.0137) expect(Math.abs(fastNormalCdf(x) / normalCdf(x) - 1)).toBeLessThan(1e-12);
  });

  it('is a half in the middle, and 0 and 1 far out', () => {
    expect([fastNormalCdf(0), fastNormalCdf(-40), fastNormalCdf(40)]).toEqual([0.5, 0, 1]);
  });
});
