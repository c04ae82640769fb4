import { wireReport, wireTrade } from '../../test/support/execution/scripted-client.js';
import type { WireTrade } from '../exchange/trading-client.js';
import { contradictionOf, reportOf } from './wire-reports.js';

const ORDER = { symbol: 'BTC/USDT', clientOrderId: 'tb-one', exchangeOrderId: null, side: 'buy', quantity: '1' } as const;
const REPORT = wireReport();
const trade = (tradeId: string, changes: Partial<WireTrade> = {}): WireTrade => wireTrade(tradeId, { quantity: '0.5', ...changes });

describe('an answer about an order', () => {
  it('is taken when market, side, id and quantity are those that were asked for', () => {
    expect(contradictionOf(REPORT, ORDER)).toBeNull();
  });

  it.each([
    [{ symbol: 'ETH/USDT' }, 'market ETH/USDT instead of BTC/USDT'],
    [{ side: 'sell' }, 'side sell instead of buy'],
    [{ clientOrderId: 'web_1' }, 'client id web_1 instead of tb-one'],
    [{ quantity: '2' }, 'quantity 2 instead of 1'],
    [{ executedQuantity: '1.5' }, 'more was executed (1.5) than asked for (1)'],
  ] as const)('is about another one with %j', (changes, words) => {
    expect(contradictionOf({ ...REPORT, ...changes }, ORDER)).toBe(`The exchange answered about another order than tb-one: ${words}`);
  });

  it('is known by its exchange id alone once there is one, for a cancel changes the other', () => {
    expect(contradictionOf({ ...REPORT, clientOrderId: 'cancel-1' }, { ...ORDER, exchangeOrderId: '7' })).toBeNull();
    expect(contradictionOf(REPORT, { ...ORDER, exchangeOrderId: '8' })).toContain('exchange id 7 instead of 8');
  });
});

describe('an order with its trades', () => {
  it('is complete when they add up to what was executed', () => {
    expect(reportOf(REPORT, [trade('1'), trade('2')], ORDER)).toMatchObject({ kind: 'complete', report: { state: 'FILLED', exchangeOrderId: '7', fills: [{ tradeId: '1' }, { tradeId: '2' }] } });
  });

  it.each([
    { why: 'one is missing', trades: [trade('1')] },
    { why: 'there are none', trades: [] },
    { why: 'the same one came twice', trades: [trade('1'), trade('1')] },
    { why: 'there are more than the report knows of', trades: [trade('1'), trade('2'), trade('3')] },
  ])('is not complete when $why', ({ trades }) => {
    expect(reportOf(REPORT, trades, ORDER).kind).toBe('incomplete');
  });

  it.each([{ exchangeOrderId: '8' }, { side: 'sell' }, { price: '0' }, { price: '-50000' }, { quantity: '0' }, { commission: '-1' }, { price: 'NaN' }] as const)('is not believed with a trade that has %j', (changes) => {
    expect(reportOf(REPORT, [trade('1'), trade('2', changes)], ORDER)).toMatchObject({ kind: 'doubtful', alarm: true });
  });

  it('is not believed when it is called filled with less than was asked for', () => {
    expect(reportOf({ ...REPORT, executedQuantity: '0.5' }, [trade('1')], ORDER)).toMatchObject({ kind: 'doubtful', alarm: true });
  });

  it.each([
    { state: 'PARTIAL', executedQuantity: '0', trades: [], known: 'OPEN' },
    { state: 'OPEN', executedQuantity: '0.5', trades: [trade('1')], known: 'PARTIAL' },
    { state: 'EXPIRED', executedQuantity: '0.5', trades: [trade('1')], known: 'EXPIRED' },
    { state: 'CANCELED', executedQuantity: '0', trades: [], known: 'CANCELED' },
  ] as const)('is $known when it is called $state with $executedQuantity executed', ({ state, executedQuantity, trades, known }) => {
    expect(reportOf({ ...REPORT, state, executedQuantity }, trades, ORDER)).toMatchObject({ kind: 'complete', report: { state: known, fills: trades.map(({ tradeId }) => ({ tradeId })) } });
  });
});
