import type { RawReply } from './base/wire.js';
import { FakeBinance } from './fake-binance.js';
import { get, signed, type Params, type SigningOptions } from './requests.js';

const NOW = 1_700_000_000_000;
const ORDER = '/api/v3/order';
const SYMBOL = { symbol: 'BTCUSDT' };

const exchange = new FakeBinance({
  symbols: ['BTCUSDT'],
  feed: { BTCUSDT: { start: '50000', volBps: 0 } },
  book: { halfSpreadTicks: 1, levels: 10, levelQty: '0.5' },
  balances: { USDT: '100000', BTC: '0' },
});

type Step = [name: string, act: () => RawReply, status: number, body: string];

const post = (params: Params, options?: SigningOptions): RawReply => signed(exchange, 'POST', ORDER, { ...SYMBOL, ...params }, options);
const find = (params: Params): RawReply => signed(exchange, 'GET', ORDER, { ...SYMBOL, ...params });
const cancel = (params: Params): RawReply => signed(exchange, 'DELETE', ORDER, { ...SYMBOL, ...params });
const market = (side: string, quantity: string, more: Params = {}, options?: SigningOptions): RawReply =>
  post({ side, type: 'MARKET', quantity, ...more }, options);
const control = (...commands: Parameters<FakeBinance['control']>[0][]): void => {
  for (const command of commands) exchange.control(command);
};

const refusal = (code: number, msg: string): string => JSON.stringify({ code, msg });
const POOR = refusal(-2010, 'Account has insufficient balance for requested action.');
const ILLEGAL = refusal(-1100, "Illegal characters found in parameter 'quantity'; legal range is '^([0-9]{1,20})(\\.[0-9]{1,20})?$'.");

const account = (updateTime: number, btc: string, usdt: string, locked: string): string =>
  `{"makerCommission":10,"takerCommission":10,"buyerCommission":0,"sellerCommission":0,"commissionRates":{"maker":"0.00100000","taker":"0.00100000","buyer":"0.00000000","seller":"0.00000000"},"canTrade":true,"canWithdraw":true,"canDeposit":true,"brokered":false,"requireSelfTradePrevention":false,"preventSor":false,"updateTime":${updateTime},"accountType":"SPOT","balances":[{"asset":"BTC","free":"${btc}","locked":"0.00000000"},{"asset":"USDT","free":"${usdt}","locked":"${locked}"}],"permissions":["SPOT"],"uid":1}`;
const bought = (orderId: number): string =>
  `{"symbol":"BTCUSDT","orderId":${orderId},"orderListId":-1,"clientOrderId":"tb-A","transactTime":1700000000000,"price":"0.00000000","origQty":"0.00100000","executedQty":"0.00100000","origQuoteOrderQty":"0.00000000","cummulativeQuoteQty":"50.00001000","status":"FILLED","timeInForce":"GTC","type":"MARKET","side":"BUY","workingTime":1700000000000,"fills":[{"price":"50000.01000000","qty":"0.00100000","commission":"0.00000100","commissionAsset":"BTC","tradeId":${orderId}}],"selfTradePreventionMode":"NONE"}`;

/** Recorded from a reference run; every body must come out byte for byte. */
const SESSION: Step[] = [
  ['V01 tells the time', () => get(exchange, '/api/v3/time'), 200, '{"serverTime":1700000000000}'],
  ['V02 fills a market buy', () => market('BUY', '0.001', { newClientOrderId: 'tb-A' }), 200, bought(1)],
  ['V03 executes the same client order id again, once the first is filled', () => market('BUY', '0.001', { newClientOrderId: 'tb-A' }), 200, bought(2)],
  ['V04 finds the newest of two orders with one client order id', () => find({ origClientOrderId: 'tb-A' }), 200,
    '{"symbol":"BTCUSDT","orderId":2,"orderListId":-1,"clientOrderId":"tb-A","price":"0.00000000","origQty":"0.00100000","executedQty":"0.00100000","cummulativeQuoteQty":"50.00001000","status":"FILLED","timeInForce":"GTC","type":"MARKET","side":"BUY","stopPrice":"0.00000000","icebergQty":"0.00000000","time":1700000000000,"updateTime":1700000000000,"isWorking":true,"workingTime":1700000000000,"origQuoteOrderQty":"0.00000000","selfTradePreventionMode":"NONE"}'],
  ['V05 rests a limit buy', () => post({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.01', price: '49000', newClientOrderId: 'tb-L', newOrderRespType: 'RESULT' }), 200,
    '{"symbol":"BTCUSDT","orderId":3,"orderListId":-1,"clientOrderId":"tb-L","transactTime":1700000000000,"price":"49000.00000000","origQty":"0.01000000","executedQty":"0.00000000","origQuoteOrderQty":"0.00000000","cummulativeQuoteQty":"0.00000000","status":"NEW","timeInForce":"GTC","type":"LIMIT","side":"BUY","workingTime":1700000000000,"selfTradePreventionMode":"NONE"}'],
  ['V06 refuses the client order id of an open order', () => post({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.01', price: '49000', newClientOrderId: 'tb-L' }), 400, refusal(-2010, 'Duplicate order sent.')],
  ['V07 shows what the order locks', () => signed(exchange, 'GET', '/api/v3/account'), 200, account(NOW, '0.00199800', '99409.99998000', '490.00000000')],
  ['V08 cancels by client order id', () => cancel({ origClientOrderId: 'tb-L', newClientOrderId: 'tb-C' }), 200,
    '{"symbol":"BTCUSDT","origClientOrderId":"tb-L","orderId":3,"orderListId":-1,"clientOrderId":"tb-C","transactTime":1700000000000,"price":"49000.00000000","origQty":"0.01000000","executedQty":"0.00000000","origQuoteOrderQty":"0.00000000","cummulativeQuoteQty":"0.00000000","status":"CANCELED","timeInForce":"GTC","type":"LIMIT","side":"BUY","selfTradePreventionMode":"NONE"}'],
  ['V09 no longer knows the id that the cancel replaced', () => find({ origClientOrderId: 'tb-L' }), 400, refusal(-2013, 'Order does not exist.')],
  ['V10 still knows the order by its number', () => find({ orderId: 3 }), 200,
    '{"symbol":"BTCUSDT","orderId":3,"orderListId":-1,"clientOrderId":"tb-C","price":"49000.00000000","origQty":"0.01000000","executedQty":"0.00000000","cummulativeQuoteQty":"0.00000000","status":"CANCELED","timeInForce":"GTC","type":"LIMIT","side":"BUY","stopPrice":"0.00000000","icebergQty":"0.00000000","time":1700000000000,"updateTime":1700000000000,"isWorking":true,"workingTime":1700000000000,"origQuoteOrderQty":"0.00000000","selfTradePreventionMode":"NONE"}'],
  ['V11 cancels nothing twice', () => cancel({ orderId: 3 }), 400, refusal(-2011, 'Unknown order sent.')],
  ['V12 cannot sell what went as commission', () => market('SELL', '0.002'), 400, POOR],
  ['V13 acknowledges a market sell', () => market('SELL', '0.00199', { newClientOrderId: 'tb-S', newOrderRespType: 'ACK' }), 200, '{"symbol":"BTCUSDT","orderId":4,"orderListId":-1,"clientOrderId":"tb-S","transactTime":1700000000000}'],
  ['V14 lists the trades of an order', () => signed(exchange, 'GET', '/api/v3/myTrades', { ...SYMBOL, orderId: 4 }), 200,
    '[{"symbol":"BTCUSDT","id":3,"orderId":4,"orderListId":-1,"price":"49999.99000000","qty":"0.00199000","quoteQty":"99.49998010","commission":"0.09949998","commissionAsset":"USDT","time":1700000000000,"isBuyer":false,"isMaker":false,"isBestMatch":true}]'],
  ['V15 checks the step', () => market('BUY', '0.000015'), 400, refusal(-1013, 'Filter failure: LOT_SIZE')],
  ['V16 checks the notional', () => market('BUY', '0.00009'), 400, refusal(-1013, 'Filter failure: NOTIONAL')],
  ['V17 takes no negative quantity', () => market('BUY', '-1'), 400, ILLEGAL],
  ['V18 takes no exponent', () => market('BUY', '1e-3'), 400, ILLEGAL],
  ['V19 takes eight decimals', () => market('BUY', '0.000000001'), 400, refusal(-1111, "Parameter 'quantity' has too much precision.")],
  ['V20 takes no price with a market order', () => market('BUY', '0.001', { price: '50000' }), 400, refusal(-1106, "Parameter 'price' sent when not required.")],
  ['V21 checks the tick', () => post({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity: '0.001', price: '50000.005' }), 400, refusal(-1013, 'Filter failure: PRICE_FILTER')],
  ['V22 buys only what there is money for', () => market('BUY', '90'), 400, POOR],
  ['V23 refuses an old timestamp', () => market('BUY', '0.001', {}, { timestamp: NOW - 5001 }), 400, refusal(-1021, 'Timestamp for this request is outside of the recvWindow.')],
  ['V24 refuses a timestamp from the future', () => market('BUY', '0.001', {}, { timestamp: NOW + 1000 }), 400, refusal(-1021, "Timestamp for this request was 1000ms ahead of the server's time.")],
  ['V25 refuses a wrong signature', () => market('BUY', '0.001', {}, { signature: '0'.repeat(64) }), 400, refusal(-1022, 'Signature for this request is not valid.')],
  ['V26 refuses an unknown key', () => market('BUY', '0.001', {}, { key: 'X'.repeat(64) }), 401, refusal(-2015, 'Invalid API-key, IP, or permissions for action.')],
  ['V27 refuses an unknown symbol', () => market('BUY', '0.001', { symbol: 'NOPE' }), 400, refusal(-1121, 'Invalid symbol.')],
  ['V28 takes no order while the market is halted', () => {
    control({ command: 'symbol', ...SYMBOL, status: 'HALT' });
    return market('BUY', '0.001');
  }, 400, refusal(-2010, 'Market is closed.')],
  ['V29 expires what a thin book cannot fill', () => {
    control({ command: 'symbol', ...SYMBOL, status: 'TRADING', book: { levels: 1, levelQty: '0.5' } });
    return market('BUY', '0.8', { newClientOrderId: 'tb-E' });
  }, 200,
    '{"symbol":"BTCUSDT","orderId":5,"orderListId":-1,"clientOrderId":"tb-E","transactTime":1700000000000,"price":"0.00000000","origQty":"0.80000000","executedQty":"0.50000000","origQuoteOrderQty":"0.00000000","cummulativeQuoteQty":"25000.00500000","status":"EXPIRED","timeInForce":"GTC","type":"MARKET","side":"BUY","workingTime":1700000000000,"fills":[{"price":"50000.01000000","qty":"0.50000000","commission":"0.00050000","commissionAsset":"BTC","tradeId":4}],"selfTradePreventionMode":"NONE","expiryReason":"INSUFFICIENT_LIQUIDITY"}'],
  ['V30 acknowledges a stop by default', () => {
    control({ command: 'symbol', ...SYMBOL, book: { levels: 10 } });
    return post({ side: 'SELL', type: 'STOP_LOSS_LIMIT', timeInForce: 'GTC', quantity: '0.4', price: '48900', stopPrice: '49000', newClientOrderId: 'tb-T' });
  }, 200, '{"symbol":"BTCUSDT","orderId":6,"orderListId":-1,"clientOrderId":"tb-T","transactTime":1700000000000}'],
  ['V31 refuses a stop that has been passed already', () => post({ side: 'SELL', type: 'STOP_LOSS', quantity: '0.05', stopPrice: '51000' }), 400, refusal(-2010, 'Order would trigger immediately.')],
  ['V32 fires a stop at its price and fills it as a limit order', () => {
    control({ command: 'clock', advance: 1000 }, { command: 'price', ...SYMBOL, price: '48990' });
    return find({ origClientOrderId: 'tb-T' });
  }, 200,
    '{"symbol":"BTCUSDT","orderId":6,"orderListId":-1,"clientOrderId":"tb-T","price":"48900.00000000","origQty":"0.40000000","executedQty":"0.40000000","cummulativeQuoteQty":"19595.99600000","status":"FILLED","timeInForce":"GTC","type":"STOP_LOSS_LIMIT","side":"SELL","stopPrice":"49000.00000000","icebergQty":"0.00000000","time":1700000000000,"updateTime":1700000001000,"isWorking":true,"workingTime":1700000001000,"origQuoteOrderQty":"0.00000000","selfTradePreventionMode":"NONE"}'],
  ['V33 has the money that is left', () => signed(exchange, 'GET', '/api/v3/account'), 200, account(NOW + 1000, '0.09950800', '94575.79546412', '0.00000000')],
];

describe('a session, byte for byte', () => {
  it.each(SESSION)('%s', (_, act, status, body) => {
    const reply = act();
    expect(reply.body).toBe(body);
    expect(reply.status).toBe(status);
  });
});
