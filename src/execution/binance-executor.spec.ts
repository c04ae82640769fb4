import { scriptedClient, WIRE_ORDER, wireReport, wireTrade } from '../../test/support/execution/scripted-client.js';
import { VirtualClock } from '../../test/support/virtual-clock.js';
import { ExchangeUnavailable } from '../domain/errors.js';
import type { Cancellation, Placement, TradingClient, WireReport } from '../exchange/trading-client.js';
import { BinanceExecutor } from './binance-executor.js';
import type { SentOrder } from './executor.js';

const REQUEST = { ...WIRE_ORDER, referencePrice: '50000' };
const SENT: SentOrder = { ...WIRE_ORDER, exchangeOrderId: '7' };
const away = (): Promise<never> => Promise.reject(new ExchangeUnavailable('binance: no answer'));

let clock: VirtualClock;

beforeEach(() => {
  clock = new VirtualClock();
});

const executorOf = (script: Parameters<typeof scriptedClient>[0]): BinanceExecutor => new BinanceExecutor(scriptedClient(script), clock);
const accepted = (changes: Partial<WireReport>): (() => Promise<Placement>) => async () => ({ kind: 'accepted', report: wireReport(changes) });
/** One answer after the other; the last one stays. */
const inTurn = <T>(...answers: T[]): (() => Promise<T>) => async () => (answers.length > 1 ? (answers.shift() as T) : answers[0]);

describe('an order on an exchange', () => {
  it.each<{ placement: Placement }>([
    { placement: { kind: 'refused', code: '-2010', message: 'insufficient balance', consequence: 'none', retryAfterMs: 0 } },
    { placement: { kind: 'not_sent', message: 'connection refused' } },
    { placement: { kind: 'unknown', message: 'no reply', alarm: false } },
  ])('is $placement.kind when it was', async ({ placement }) => {
    expect(await executorOf({ place: async () => placement }).execute(REQUEST)).toEqual(placement);
  });

  it('is known when its reply brought all of its executions, and nobody is asked again', async () => {
    const outcome = await executorOf({ place: accepted({ trades: [wireTrade('1')] }) }).execute(REQUEST);
    expect(outcome).toMatchObject({ kind: 'known', report: { state: 'FILLED', exchangeOrderId: '7', fills: [{ tradeId: '1', quantity: '1' }] } });
  });

  it('is read again when it was filled further between two answers', async () => {
    const outcome = await executorOf({
      place: accepted({ state: 'PARTIAL', executedQuantity: '0.5', trades: null }),
      tradesOfOrder: inTurn([wireTrade('1', { quantity: '0.5' }), wireTrade('2', { quantity: '0.5' })]),
      orderByExchangeId: inTurn(wireReport()),
    }).execute(REQUEST);
    expect(outcome).toMatchObject({ kind: 'known', report: { state: 'FILLED', fills: [{ tradeId: '1' }, { tradeId: '2' }] } });
  });

  it('is unknown when its trades cannot be read, after some 4 s', async () => {
    const outcome = await executorOf({ place: accepted({ trades: null }), tradesOfOrder: away }).execute(REQUEST);
    expect(outcome).toMatchObject({ kind: 'unknown', alarm: false, message: expect.stringContaining('no answer') as unknown });
    expect(clock.monotonic()).toBe(3750);
  });

  it('is an alarm when it turns out to be another order, or to have trades of one', async () => {
    const base = { place: accepted({ trades: null }) };
    expect(await executorOf({ place: accepted({ side: 'sell' }) }).execute(REQUEST)).toMatchObject({ kind: 'unknown', alarm: true });
    expect(await executorOf({ ...base, tradesOfOrder: inTurn([wireTrade('1', { side: 'sell' })]) }).execute(REQUEST)).toMatchObject({ kind: 'unknown', alarm: true });
    expect(await executorOf({ ...base, tradesOfOrder: inTurn([]), orderByExchangeId: inTurn(wireReport({ quantity: '2' })) }).execute(REQUEST)).toMatchObject({ kind: 'unknown', alarm: true });
  });

  it('keeps what it knows when an answer in between says that there is no such order', async () => {
    const outcome = await executorOf({ place: accepted({ trades: null }), tradesOfOrder: inTurn<ReturnType<typeof wireTrade>[]>([], [wireTrade('1')]), orderByExchangeId: inTurn(null) }).execute(REQUEST);
    expect(outcome).toMatchObject({ kind: 'known', report: { state: 'FILLED' } });
  });

  it('lets faults of our own go up: they are no answer of the exchange', async () => {
    const bug = (): Promise<never> => Promise.reject(new TypeError('a bug'));
    await expect(executorOf({ place: accepted({ trades: null }), tradesOfOrder: bug }).execute(REQUEST)).rejects.toThrow('a bug');
    await expect(executorOf({ orderByExchangeId: bug }).lookUp(SENT)).rejects.toThrow('a bug');
  });
});

describe('looking an order up', () => {
  const script = { orderByClientId: inTurn(wireReport({ exchangeOrderId: '8', trades: [wireTrade('1', { exchangeOrderId: '8' })] })), orderByExchangeId: inTurn(wireReport({ trades: [wireTrade('1')] })) };

  it('asks by the exchange\'s id where there is one, else by ours', async () => {
    expect(await executorOf(script).lookUp(SENT)).toMatchObject({ kind: 'found', report: { exchangeOrderId: '7' } });
    expect(await executorOf(script).lookUp({ ...SENT, exchangeOrderId: null })).toMatchObject({ kind: 'found', report: { exchangeOrderId: '8' } });
  });

  it('tells "there is none" from "nobody answered" from "that is another one"', async () => {
    expect(await executorOf({ orderByExchangeId: inTurn(null) }).lookUp(SENT)).toEqual({ kind: 'not_found' });
    expect(await executorOf({ orderByExchangeId: away }).lookUp(SENT)).toEqual({ kind: 'unavailable', message: 'binance: no answer' });
    expect(await executorOf({ orderByExchangeId: inTurn(wireReport({ quantity: '2' })) }).lookUp(SENT)).toMatchObject({ kind: 'unavailable', alarm: true });
  });
});

describe('a cancel', () => {
  const open = wireReport({ state: 'OPEN', executedQuantity: '0', trades: [] });
  const ended = wireReport({ state: 'CANCELED', executedQuantity: '0', trades: [] });
  const done: TradingClient['cancel'] = async () => ({ kind: 'done', report: ended });

  it('is done when the exchange says so, with what was executed', async () => {
    expect(await executorOf({ cancel: done }).cancel(SENT)).toMatchObject({ kind: 'found', report: { state: 'CANCELED' } });
  });

  it('of an order whose exchange id nobody has yet finds that first', async () => {
    const asked: string[] = [];
    const cancel: TradingClient['cancel'] = async (_symbol, exchangeOrderId) => {
      asked.push(exchangeOrderId);
      return { kind: 'done', report: ended };
    };
    expect(await executorOf({ orderByClientId: inTurn(open), cancel }).cancel({ ...SENT, exchangeOrderId: null })).toMatchObject({ kind: 'found', report: { state: 'CANCELED' } });
    expect(asked).toEqual(['7']);
  });

  it.each<{ report: WireReport | null; kind: string }>([
    { report: null, kind: 'not_found' },
    { report: wireReport({ trades: [wireTrade('1')] }), kind: 'found' },
  ])('of one that the exchange does not know, or that is done already, sends nothing ($kind)', async ({ report, kind }) => {
    expect(await executorOf({ orderByClientId: inTurn(report) }).cancel({ ...SENT, exchangeOrderId: null })).toMatchObject({ kind });
  });

  it.each<{ cancellation: Cancellation }>([{ cancellation: { kind: 'not_open' } }, { cancellation: { kind: 'unknown', message: 'no reply' } }, { cancellation: { kind: 'done', report: wireReport({ exchangeOrderId: '9' }) } }, { cancellation: { kind: 'done', report: open } }])(
    'is believed only when the order itself says so: $cancellation.kind',
    async ({ cancellation }) => {
      expect(await executorOf({ cancel: async () => cancellation, orderByExchangeId: inTurn(open, open, ended) }).cancel(SENT)).toMatchObject({ kind: 'found', report: { state: 'CANCELED' } });
      expect(await executorOf({ cancel: async () => cancellation, orderByExchangeId: inTurn(open) }).cancel(SENT)).toMatchObject({ kind: 'unavailable' });
      expect(await executorOf({ cancel: async () => cancellation, orderByExchangeId: away }).cancel(SENT)).toMatchObject({ kind: 'unavailable' });
      expect(await executorOf({ cancel: async () => cancellation, orderByExchangeId: inTurn(null) }).cancel(SENT)).toEqual({ kind: 'not_found' });
    },
  );
});
