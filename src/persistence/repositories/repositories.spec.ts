import fc from 'fast-check';

import { HOUR, newFill, newOrder, newSignal, START } from '../../../test/support/ledger/orders.js';
import { tellStory } from '../../../test/support/ledger/story.js';
import { negated, plus, sum, times, toDecimal, ZERO } from '../../domain/decimal.js';
import { checkLedger } from '../check-ledger.js';
import { cashOf } from '../export-ledger.js';
import { PositionEntity } from '../entities/position.entity.js';
import type { LedgerDatabase } from '../ledger-database.js';
import { openMemoryLedger } from '../open-ledger.js';
import { BotStateRepository } from './bot-state-repository.js';
import { OrderRepository } from './order-repository.js';
import { SignalRepository } from './signal-repository.js';
import { TradeRepository } from './trade-repository.js';

const BOOK = { botId: 'bot-1', mode: 'paper' } as const;
const ALL = { limit: 1000, offset: 0 };

let database: LedgerDatabase;

beforeEach(async () => {
  database = await openMemoryLedger();
});

afterEach(() => database.close());

describe('signals', () => {
  it('are recorded once per bar: the second call finds the first and changes nothing', async () => {
    const signals = new SignalRepository(database);
    const first = await signals.record(newSignal(0));
    const second = await signals.record(newSignal(0, { decision: 'sell', value: -1 }));
    expect([first.fresh, second]).toEqual([true, { id: first.id, fresh: false }]);
    expect(await signals.ofBar(newSignal(0))).toEqual({ id: first.id, ...newSignal(0) });
  });

  it('are one for every mode, strategy, market and timeframe', async () => {
    const signals = new SignalRepository(database);
    const variants = [{}, { mode: 'live' as const }, { strategy: 'other' }, { symbol: 'ETH/USDT' }, { timeframe: '4h' as const }, { botId: 'bot-2' }];
    for (const variant of variants) expect(await signals.record(newSignal(0, variant))).toMatchObject({ fresh: true });
  });

  it('are found by what was last said in one mode', async () => {
    const signals = new SignalRepository(database);
    for (const n of [1, 3, 2]) await signals.record(newSignal(n));
    await signals.record(newSignal(9, { mode: 'live' }));
    expect(await signals.last(newSignal(0))).toMatchObject({ candleOpenTime: START + 3 * HOUR });
    expect(await signals.last(newSignal(0, { symbol: 'ETH/USDT' }))).toBeNull();
  });

  it('come in pages, newest first', async () => {
    const signals = new SignalRepository(database);
    for (let n = 0; n < 5; n++) await signals.record(newSignal(n));
    const page = await signals.list({ fromMs: START + HOUR }, { limit: 2, offset: 1 });
    expect(page.map(({ candleOpenTime }) => (candleOpenTime - START) / HOUR)).toEqual([3, 2]);
  });
});

describe('what the bot remembers of itself', () => {
  it('is its risk gate, its events and its daily equity', async () => {
    const state = new BotStateRepository(database);
    expect(await state.riskState(BOOK)).toBeNull();
    await state.setRiskState({ ...BOOK, level: 'ACTIVE', reason: '', counters: {}, updatedAt: 1 });
    await state.setRiskState({ ...BOOK, level: 'HALTED', reason: 'RISK.DAILY_LOSS', counters: { lost: '12.5', errors: 3 }, updatedAt: 2 });
    expect(await state.riskState(BOOK)).toEqual({ ...BOOK, level: 'HALTED', reason: 'RISK.DAILY_LOSS', counters: { lost: '12.5', errors: 3 }, updatedAt: 2 });
    expect(await state.riskState({ ...BOOK, mode: 'live' })).toBeNull();
    for (const at of [1, 2]) await state.recordEvent({ ...BOOK, kind: 'halt', at, configHash: null, details: { at } });
    expect((await state.events(BOOK, { limit: 1, offset: 0 })).map(({ at }) => at)).toEqual([2]);
    for (const equity of ['10', '11']) await state.setDailyEquity({ ...BOOK, exchange: 'binance', quoteAsset: 'USDT', day: START, cash: '10', positionValue: '0', equity, updatedAt: 1 });
    expect((await state.dailyEquity(BOOK, START, START + 1)).map(({ equity }) => equity)).toEqual(['11']);
  });
});

describe('positions and results', () => {
  it('belong to one bot and one mode', async () => {
    await tellStory(database);
    const trades = new TradeRepository(database);
    expect((await trades.positions({})).map(({ mode, symbol, holding }) => [mode, symbol, holding])).toEqual([['paper', 'BTC/USDT', 'dust']]);
    expect(await trades.positions({ mode: 'live' })).toEqual([]);
    expect(await trades.list({ open: true }, ALL)).toEqual([]);
  });

  it('are valued at the close of the newest candle that was decided on', async () => {
    await tellStory(database);
    const [held] = await new TradeRepository(database).positions({});
    expect(held).toMatchObject({ price: '42250.5', priceAt: 'candle' });
  });
});

const amount = fc.tuple(fc.integer({ min: 1, max: 10 ** 7 }), fc.integer({ min: 0, max: 8 })).map(([units, places]) => toDecimal(`${units}e-${places}`));
const anyOrder = fc.record({
  side: fc.constantFrom('buy' as const, 'sell' as const),
  symbol: fc.constantFrom('BTC/USDT', 'ETH/USDT'),
  ends: fc.constantFrom('FILLED' as const, 'EXPIRED' as const),
  fills: fc.array(fc.record({ price: amount, quantity: amount, commission: fc.oneof(fc.constant(ZERO), amount), commissionAsset: fc.constantFrom('BASE', 'USDT', 'BNB'), executedAt: fc.integer({ min: 0, max: 90 * 24 }).map((h) => START + h * HOUR) }), { minLength: 1, maxLength: 4 }),
});

describe('conservation in the books (I16)', () => {
  it('cash and coins are what fills and fees make them, to the last decimal; everything derived is what folding it all again makes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyOrder, { minLength: 1, maxLength: 6 }), async (sequence) => {
        const books = await openMemoryLedger();
        const orders = new OrderRepository(books);
        const flows: Record<string, string[]> = {};
        const flow = (asset: string, change: string): unknown => (flows[asset] ??= []).push(change);
        let trade = 0;
        for (const [n, { side, symbol, ends, fills }] of sequence.entries()) {
          const base = symbol.split('/')[0];
          const booked = fills.map((fill) => newFill(String(trade++), { ...fill, commissionAsset: fill.commissionAsset === 'BASE' ? base : fill.commissionAsset }));
          for (const { price, quantity, commission, commissionAsset } of booked) {
            flow(base, side === 'buy' ? quantity : negated(quantity));
            flow('USDT', side === 'buy' ? negated(times(price, quantity)) : times(price, quantity));
            flow(commissionAsset, negated(commission));
          }
          const { id } = await orders.plan(newOrder(n, { side, symbol, baseAsset: base }), START);
          await orders.move(id, { to: 'SENDING', at: START });
          // As news come: first a part, then the whole again, then everything once more.
          await orders.move(id, { to: 'PARTIAL', at: START, fills: booked.slice(0, 1) });
          await orders.move(id, { to: ends, at: START, fills: booked });
          await orders.addFills(id, booked, START);
        }
        const { positions, check } = await books.read(async (view) => ({ positions: await view.find(PositionEntity, (query) => query), check: await checkLedger(view) }));
        const cash = cashOf(positions, []);
        for (const [asset, changes] of Object.entries(flows)) expect([asset, cash[asset] ?? ZERO]).toEqual([asset, sum(changes)]);
        expect(check.findings).toEqual([]);
        const trades = new TradeRepository(books);
        const realised = positions.reduce((total, row) => plus(total, row.realised), ZERO);
        for (const by of ['day', 'month', 'strategy', 'symbol', 'total'] as const) expect(sum((await trades.pnl({}, by)).map((row) => row.realised))).toBe(realised);
        expect(sum((await trades.list({}, ALL)).map(({ pnl }) => pnl))).toBe(realised);
        await books.close();
      }),
      { numRuns: 40 },
    );
  }, 60_000);
});
