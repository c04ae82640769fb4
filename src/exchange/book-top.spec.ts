import { caught } from '../../test/support/caught.js';
import { bookTopOf } from './binance-market.js';
import { bookTopOfLibrary } from './unified-shape.js';
import { Malformed } from './wire-shape.js';

const wire = (bid: [string, string], ask: [string, string]): object => ({ symbol: 'BTCUSDT', bidPrice: bid[0], bidQty: bid[1], askPrice: ask[0], askQty: ask[1] });
const EMPTY: [string, string] = ['0.00000000', '0.00000000'];
const levels = (side: [string, string]): unknown[] => (side === EMPTY ? [] : [side]);

describe('the top of the order book', () => {
  it.each<{ bid: [string, string]; ask: [string, string]; top: object; why: string }>([
    { bid: ['49.9', '1.5'], ask: ['50.1', '2'], top: { bid: '49.9', bidQuantity: '1.5', ask: '50.1', askQuantity: '2' }, why: 'has both sides' },
    { bid: ['49.9', '1.5'], ask: EMPTY, top: { bid: '49.9', bidQuantity: '1.5', ask: '0', askQuantity: '0' }, why: 'can lack sellers, and a sale needs none' },
    { bid: EMPTY, ask: ['50.1', '2'], top: { bid: '0', bidQuantity: '0', ask: '50.1', askQuantity: '2' }, why: 'can lack buyers' },
  ])('$why', ({ bid, ask, top }) => {
    expect(bookTopOf(wire(bid, ask), 'BTC/USDT')).toEqual(top);
    expect(bookTopOfLibrary({ bids: levels(bid), asks: levels(ask) })).toEqual(top);
  });

  it('can be empty where the exchange says so itself; what the library makes empty may be anything', () => {
    expect(bookTopOf(wire(EMPTY, EMPTY), 'BTC/USDT')).toEqual({ bid: '0', bidQuantity: '0', ask: '0', askQuantity: '0' });
    expect(caught(Malformed, () => bookTopOfLibrary({ bids: [], asks: [] }))).toBeInstanceOf(Malformed);
  });

  it.each<{ bid: [string, string]; ask: [string, string]; why: string }>([
    { bid: ['0.00000000', '1'], ask: ['50.1', '2'], why: 'a quantity without a price' },
    { bid: ['49.9', '0.00000000'], ask: ['50.1', '2'], why: 'a price without a quantity' },
    { bid: ['50.2', '1'], ask: ['50.1', '2'], why: 'an ask below the bid' },
    { bid: ['-1', '1'], ask: ['50.1', '2'], why: 'a price below zero' },
    { bid: ['NaN', '1'], ask: ['50.1', '2'], why: 'a price that is none' },
  ])('is refused for $why', ({ bid, ask }) => {
    expect(caught(Malformed, () => bookTopOf(wire(bid, ask), 'BTC/USDT'))).toBeInstanceOf(Malformed);
  });
});
