import fc from 'fast-check';

import { marketRules } from '../../test/support/market-rules.js';
import { compare, fromNumber, isOnStep, rounded, ZERO } from '../domain/decimal.js';
import type { OrderEntity } from '../persistence/entities/order.entity.js';
import { checkWallet, mismatchOf } from './wallet-check.js';

const RULES = marketRules();

const wallet = (held: string, free: string, locked = '0', working: readonly OrderEntity[] = [], rules = RULES): ReturnType<typeof checkWallet> => checkWallet(held, { BTC: { free, locked }, USDT: { free: '1', locked: '0' } }, rules, working, '50000');
const resting = (quantity: string, executedQuantity = '0', changes: Partial<OrderEntity> = {}): OrderEntity => ({ symbol: 'BTC/USDT', side: 'sell', quantity, executedQuantity, ...changes }) as OrderEntity;

describe('what can be sold', () => {
  it.each([
    ['0.5', '0.5', '0', '0.5', 'open', 'all of it'],
    ['0.5', '3', '0', '0.5', 'open', 'what belongs to somebody else is left alone'],
    ['0.5', '0.2', '0', '0.2', 'open', 'no more than is there'],
    ['0.123456789', '1', '0', '0.12345', 'open', 'down to the step, never up'],
    ['0.00009', '1', '0', ZERO, 'dust', 'worth 4.5 USDT, less than the market takes'],
    ['0.000009', '1', '0', ZERO, 'dust', 'less than a step'],
    ['0', '1', '0', ZERO, 'flat', 'nothing of ours'],
    ['0.5', '0', '0.5', ZERO, 'open', 'locked by an order that is none of ours'],
  ])('of %s held, %s free and %s locked it is %s (%s): %4$s', (held, free, locked, sellable, holding) => {
    expect(wallet(held, free, locked)).toMatchObject({ sellable, holding });
  });

  it('includes what our own resting sales lock, for they are cancelled first', () => {
    expect(wallet('0.5', '0.1', '0.4', [resting('0.4')])).toMatchObject({ sellable: '0.5' });
    expect(wallet('0.5', '0.1', '0.4', [resting('0.3', '0.1')])).toMatchObject({ sellable: '0.3' });
    expect(wallet('0.5', '0.1', '0.4', [resting('0.4', '0', { side: 'buy' })])).toMatchObject({ sellable: '0.1' });
    expect(wallet('0.5', '0.1', '0.4', [resting('0.4', '0', { symbol: 'BTC/EUR' })])).toMatchObject({ sellable: '0.1' });
    // Never more than is locked at all, whatever the ledger believes.
    expect(wallet('0.5', '0.1', '0.1', [resting('0.4')])).toMatchObject({ sellable: '0.2' });
  });

  it('is nothing where the market is gone', () => {
    expect(wallet('0.5', '0.5', '0', [], { ...RULES, status: 'gone' })).toMatchObject({ sellable: ZERO });
  });

  it('is never more than is held, or there, and always on the step', () => {
    const amount = fc.double({ min: 0, max: 200, noNaN: true }).map((value) => rounded(fromNumber(Number(value.toFixed(9))), 9));
    fc.assert(
      fc.property(amount, amount, amount, (held, free, locked) => {
        const { sellable, there } = wallet(held, free, locked, [resting('1')]);
        expect(compare(sellable, held) <= 0 && compare(sellable, there) <= 0 && isOnStep(sellable, RULES.lotStep) && compare(sellable, RULES.maxMarketQuantity) <= 0).toBe(true);
      }),
    );
  });
});

describe('a mismatch', () => {
  it('is told when coins are missing, free and locked counted together', () => {
    expect(mismatchOf(wallet('0.5', '0.2', '0.3'), RULES)).toBeNull();
    expect(mismatchOf(wallet('0.5', '9'), RULES)).toBeNull();
    expect(mismatchOf(wallet('0.5', '0.2', '0.1'), RULES)).toEqual({ code: 'RECONCILE.MISMATCH', message: expect.stringMatching(/holds 0.5 BTC .* has 0.3: 0.2 left .*`reconcile --accept`/) as string, stops: 'no_entries' });
  });

  it('takes an asset that the account does not name for none of it', () => {
    expect(checkWallet('0.5', { USDT: { free: '1', locked: '0' } }, RULES, [], '50000')).toMatchObject({ there: ZERO, missing: '0.5', sellable: ZERO });
  });
});
