import fc from 'fast-check';

import { compare, minus, plus, times, toDecimal, ZERO } from '../../../src/domain/decimal.js';
import type { Finding } from '../../../src/domain/finding.js';
import { openMemoryLedger } from '../../../src/persistence/open-ledger.js';
import { OrderRepository } from '../../../src/persistence/repositories/order-repository.js';
import { TradeRepository } from '../../../src/persistence/repositories/trade-repository.js';
import { RISK_CODES } from '../../../src/risk/risk-codes.js';
import type { Proposal } from '../../../src/risk/risk-types.js';
import { newFill, newOrder, START } from '../../support/ledger/orders.js';
import { facts, gateOn, KEY, quietLimits } from '../../support/risk/gate-bench.js';

const LOT = '0.00001';
/** `risk.max_position_size_usd` and 1 %, and dust of less than one step, which nobody could sell. */
const BOUND = '101';

const quantity = fc.integer({ min: 1, max: 120_000 }).map((units) => toDecimal(`${units}e-5`));
const price = fc.integer({ min: 5_000, max: 20_000 }).map((cents) => toDecimal(`${cents}e-2`));

/** What becomes of an order that passed: `unknown` may turn out either way later. */
const fate = fc.constantFrom('filled' as const, 'part' as const, 'unknown' as const, 'absent' as const);
const event = fc.record({ side: fc.constantFrom('buy' as const, 'buy' as const, 'sell' as const), quantity, price, fate, feeInCoins: fc.boolean(), settles: fc.boolean(), finding: fc.constantFrom(...Array<null>(8).fill(null), 'no_entries' as const, 'no_orders' as const) });

interface Pending {
  readonly id: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: string;
  readonly price: string;
}

describe('the position (I04)', () => {
  it('is never worth more at the ask than it may be when a purchase passes, whatever was proposed, filled, lost or left unknown', async () => {
    let approved = 0;
    let refusedForSize = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 14 }), async (events) => {
        const database = await openMemoryLedger();
        const orders = new OrderRepository(database);
        const trades = new TradeRepository(database);
        const { gate } = gateOn(database, quietLimits());
        let unknown: Pending[] = [];
        let trade = 0;
        const fill = (of: Pick<Pending, 'quantity' | 'price'>, feeInCoins: boolean) => [newFill(`t${trade++}`, { price: of.price, quantity: of.quantity, commission: feeInCoins ? times(of.quantity, '0.001') : ZERO, commissionAsset: feeInCoins ? 'BTC' : 'USDT' })];
        for (const [n, now] of events.entries()) {
          if (now.settles && unknown.length > 0) {
            const { id, ...order } = unknown[0];
            await orders.move(id, now.fate === 'absent' ? { to: 'ABSENT', at: START } : { to: 'FILLED', at: START, exchangeOrderId: `x${id}`, fills: fill(order, false) });
            unknown = unknown.slice(1);
          }
          const booked = (await trades.position(KEY)).quantity;
          const position = unknown.reduce((held, order) => (order.side === 'buy' ? plus(held, order.quantity) : minus(held, order.quantity)), booked);
          // As reconciliation does: while a sale is unknown nothing else is sent.
          const unknownSale: Finding[] = unknown.some(({ side }) => side === 'sell') ? [{ code: 'ORDER.UNKNOWN', message: 'a sale is unknown', stops: 'no_orders' }] : [];
          const drawn: Finding[] = now.finding === null ? [] : [{ code: 'RECONCILE.MISMATCH', message: 'drawn', stops: now.finding }];
          const findings = [...unknownSale, ...drawn];
          const proposal: Proposal = { side: now.side, purpose: now.side === 'buy' ? 'entry' : 'exit', quantity: now.quantity, referencePrice: now.price };
          const verdict = await gate.judge(proposal, facts({ bid: now.price, ask: now.price, position, findings }));
          if (verdict.kind === 'refused') {
            // I20: every refusal has a reason that is written down somewhere.
            expect([...Object.keys(RISK_CODES), ...findings.map(({ code }) => code)]).toContain(verdict.code);
            expect(verdict.message).not.toBe('');
            if (verdict.code === 'RISK.MAX_POSITION') refusedForSize++;
            continue;
          }
          approved++;
          if (now.side === 'buy') expect(compare(times(plus(position, now.quantity), now.price), plus(BOUND, times(LOT, now.price)))).toBeLessThanOrEqual(0);
          else expect(compare(now.quantity, position)).toBeLessThanOrEqual(0);
          const { id } = await orders.plan(newOrder(n, { side: now.side, quantity: now.quantity, lotStep: LOT }), START);
          await orders.move(id, { to: 'SENDING', at: START });
          if (now.fate === 'unknown' || now.fate === 'absent') {
            await orders.move(id, { to: 'UNKNOWN', at: START });
            unknown.push({ id, side: now.side, quantity: now.quantity, price: now.price });
          } else {
            const part = now.fate === 'part' ? times(now.quantity, '0.5') : now.quantity;
            await orders.move(id, { to: now.fate === 'part' ? 'EXPIRED' : 'FILLED', at: START, exchangeOrderId: `x${id}`, fills: fill({ quantity: part, price: now.price }, now.feeInCoins && now.side === 'buy') });
          }
        }
        await database.close();
      }),
      { numRuns: 60 },
    );
    // Both sides of the bound were visited, or the property says nothing.
    expect([approved > 50, refusedForSize > 50]).toEqual([true, true]);
  }, 60_000);
});
