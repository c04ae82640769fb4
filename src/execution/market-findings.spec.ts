import type { MarketRules } from '../domain/market-rules.js';
import { clockFindings, statusFindings, weightFindings } from './market-findings.js';

const rules = (status: MarketRules['status']): MarketRules => ({ symbol: 'BTC/USDT', base: 'BTC', status }) as MarketRules;

describe('what stands against trading', () => {
  it.each([
    [0, []],
    [1500, []],
    [-60_000, []],
    [60_001, ['no_orders']],
    [-86_400_000, ['no_orders']],
  ])('F47 a clock that is off by %d ms: %j', (offset, stops) => {
    expect(clockFindings(offset).map((finding) => finding.stops)).toEqual(stops);
  });

  it('F47 says which way the clock is wrong', () => {
    expect(clockFindings(90_000)[0].message).toMatch(/90 s behind the exchange/);
    expect(clockFindings(-90_000)[0].message).toMatch(/90 s ahead of the exchange/);
  });

  it.each([
    ['trading', '1', []],
    ['halted', '1', ['no_orders']],
    ['cancel_only', '1', ['no_orders']],
    ['gone', '0', ['no_orders']],
    ['gone', '1', ['halt']],
  ] as const)('a market that is %s with %s held: %j', (status, held, stops) => {
    expect(statusFindings(rules(status), held).map((finding) => finding.stops)).toEqual(stops);
  });

  it.each([
    [null, []],
    [0.5, []],
    [0.51, ['nothing']],
    [0.8, ['nothing']],
    [0.81, ['no_entries']],
  ])('F108 a request weight of %s used: %j', (used, stops) => {
    expect(weightFindings(used).map((finding) => finding.stops)).toEqual(stops);
  });
});
