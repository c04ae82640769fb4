import fc from 'fast-check';

import { compare, minus, negated, plus, sum, times, toDecimal, ZERO, type DecimalText } from './decimal.js';
import { applyFill, assetChanges, FLAT, foldFills, holdingOf, unrealised, type Fill, type Market } from './ledger.js';

const MARKET: Market = { base: 'BTC', quote: 'USDT', lotStep: '0.00001' };

function fill(side: Fill['side'], quantity: string, price: string, commission = '0', commissionAsset = 'USDT', executedAt = 0): Fill {
  return { side, quantity, price, commission, commissionAsset, executedAt };
}

describe('the fold over fills', () => {
  it('is flat before the first one', () => {
    expect(foldFills([], MARKET)).toEqual({ position: FLAT, trips: [] });
  });

  it('takes a commission in coins from the coins: bought 1.3, held 1.2987', () => {
    const { position } = foldFills([fill('buy', '1.3', '100', '0.0013', 'BTC')], MARKET);
    expect(position).toEqual({ quantity: '1.2987', cost: '130', realised: '0', fees: { BTC: '0.0013' } });
  });

  it('adds a commission in quote currency to the cost, and takes it from the proceeds', () => {
    // Paid 100 + 0.1; received 110 - 0.11; won 9.79.
    const { position } = foldFills([fill('buy', '1', '100', '0.1'), fill('sell', '1', '110', '0.11')], MARKET);
    expect(position).toEqual({ quantity: '0', cost: '0', realised: '9.79', fees: { USDT: '0.21' } });
  });

  it('books a commission in a third asset as it is, and in nothing else', () => {
    const { position } = foldFills([fill('buy', '1', '100', '0.0002', 'BNB'), fill('sell', '1', '110', '0.00022', 'BNB')], MARKET);
    expect(position).toEqual({ quantity: '0', cost: '0', realised: '10', fees: { BNB: '0.00042' } });
    expect(assetChanges(position, MARKET)).toEqual({ BTC: '0', USDT: '10', BNB: '-0.00042' });
  });

  it('takes a commission in coins of a sale from what is left: trading BNB with BNB fees', () => {
    const { position } = foldFills([fill('buy', '2', '300', '0.0015', 'BNB'), fill('sell', '1', '310', '0.00075', 'BNB')], { base: 'BNB', quote: 'USDT', lotStep: '0.001' });
    expect(position.quantity).toBe('0.99775');
    expect(minus(position.realised, position.cost)).toBe('-290'); // -600 + 310
  });

  it('sells at average cost, and leaves what rounding cut off in the cost of the rest', () => {
    // A third of 100 is 33.333333333333333333 (18 decimals); the rest keeps the other 66.666666666666666667.
    const { position } = foldFills([fill('buy', '3', '33.33333333333333333333'), fill('sell', '1', '40')], MARKET);
    expect(plus(position.cost, minus('40', position.realised))).toBe('99.99999999999999999999');
    expect(minus(position.realised, position.cost)).toBe('-59.99999999999999999999');
  });

  it('makes a round trip of everything from the first purchase to the sale that leaves nothing to sell', () => {
    const { trips } = foldFills([fill('buy', '1', '100', '0', 'USDT', 1), fill('buy', '1', '110', '0', 'USDT', 2), fill('sell', '0.5', '120', '0', 'USDT', 3), fill('sell', '1.5', '130', '1', 'USDT', 4)], MARKET);
    expect(trips).toEqual([{ openedAt: 1, closedAt: 4, bought: '2', sold: '2', entryValue: '210', exitValue: '255', fees: { USDT: '1' }, pnl: '44' }]);
  });

  it('counts dust as flat, keeps it with its cost, and sells it with the next', () => {
    const bought = fill('buy', '1.00000', '100', '0.001', 'BTC', 1); // 0.999 held
    const { position, trips } = foldFills([bought, fill('sell', '0.99899', '110', '0', 'USDT', 2)], { ...MARKET, lotStep: '0.0001' });
    expect(holdingOf(position.quantity, '0.0001')).toBe('dust');
    expect(position.quantity).toBe('0.00001');
    expect(compare(position.cost, ZERO)).toBe(1);
    expect(trips.map(({ closedAt }) => closedAt)).toEqual([2]);
    const more = foldFills([bought, fill('sell', '0.99899', '110', '0', 'USDT', 2), fill('buy', '1', '100', '0', 'USDT', 3), fill('sell', '1.00001', '100', '0', 'USDT', 4)], { ...MARKET, lotStep: '0.0001' });
    expect(more.position).toMatchObject({ quantity: '0', cost: '0' });
    expect(more.trips).toHaveLength(2);
  });

  it('stays open while more than dust is held, however many parts it is sold in', () => {
    const { trips } = foldFills([fill('buy', '1', '100'), fill('sell', '0.4', '100'), fill('sell', '0.5', '100')], MARKET);
    expect(trips).toMatchObject([{ closedAt: null, sold: '0.9' }]);
  });

  it('goes on adding up exactly when more is sold than was held', () => {
    const { position } = foldFills([fill('buy', '1', '100'), fill('sell', '2', '110')], MARKET);
    expect(position).toMatchObject({ quantity: '-1', cost: '0', realised: '120' });
  });

  it('values what is held against what it cost', () => {
    expect(unrealised(foldFills([fill('buy', '2', '100', '1')], MARKET).position, '110')).toBe('19');
  });
});

/** Random amounts with the decimals that exchanges use, and some that they do not. */
const positive = fc.tuple(fc.integer({ min: 1, max: 10 ** 9 }), fc.integer({ min: 0, max: 12 })).map(([units, places]) => toDecimal(`${units}e-${places}`));
const anyFill = fc.record({
  side: fc.constantFrom('buy' as const, 'sell' as const),
  price: positive,
  quantity: positive,
  commission: fc.oneof(fc.constant(ZERO), positive),
  commissionAsset: fc.constantFrom('BTC', 'USDT', 'BNB'),
  executedAt: fc.nat(),
});

/** How an asset changed, straight from the fills. */
function changeOf(asset: string, fills: readonly Fill[]): DecimalText {
  return sum(
    fills.flatMap(({ side, price, quantity, commission, commissionAsset }) => [
      ...(asset === 'BTC' ? [side === 'buy' ? quantity : negated(quantity)] : []),
      ...(asset === 'USDT' ? [side === 'buy' ? negated(times(price, quantity)) : times(price, quantity)] : []),
      ...(asset === commissionAsset ? [negated(commission)] : []),
    ]),
  );
}

describe('conservation (I16)', () => {
  it('holds to the last decimal in 10,000 random sequences: what changed is the sum of fills less the sum of fees, in every asset', () => {
    fc.assert(
      fc.property(fc.array(anyFill, { maxLength: 12 }), (fills) => {
        const { position, trips } = foldFills(fills, MARKET);
        const changes = assetChanges(position, MARKET);
        for (const asset of ['BTC', 'USDT', 'BNB']) expect([asset, changes[asset] ?? ZERO]).toEqual([asset, changeOf(asset, fills)]);
        expect(sum(trips.map(({ pnl }) => pnl))).toBe(position.realised);
        expect(sum(trips.map(({ bought }) => bought))).toBe(sum(fills.filter(({ side }) => side === 'buy').map(({ quantity }) => quantity)));
        expect(sum(trips.map(({ fees }) => fees['BNB'] ?? ZERO))).toBe(position.fees['BNB'] ?? ZERO);
      }),
      { numRuns: 10_000 },
    );
  });

  it('does not depend on where the fold was interrupted and taken up again', () => {
    fc.assert(
      fc.property(fc.array(anyFill, { minLength: 1, maxLength: 12 }), fc.nat(), (fills, cut) => {
        const at = cut % fills.length;
        const first = foldFills(fills.slice(0, at), MARKET);
        let position = JSON.parse(JSON.stringify(first.position)) as typeof first.position;
        let open = first.trips.find(({ closedAt }) => closedAt === null) ?? null;
        for (const one of fills.slice(at)) {
          const applied = applyFill(position, open, one, MARKET);
          position = applied.position;
          open = applied.trip.closedAt === null ? applied.trip : null;
        }
        expect(position).toEqual(foldFills(fills, MARKET).position);
      }),
      { numRuns: 500 },
    );
  });
});
