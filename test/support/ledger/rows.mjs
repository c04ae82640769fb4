// Rows of a made-up history, for scripts that run on the built program. Odd rounds sell what even rounds bought.
const HOUR = 3_600_000;
const START = Date.UTC(2024, 0, 1);

export const sideOf = (n) => (n % 2 === 0 ? 'buy' : 'sell');

export function newSignal(n, changes = {}) {
  const side = sideOf(n);
  return {
    botId: 'bot-1',
    mode: 'paper',
    strategy: 'sma_cross',
    symbol: 'BTC/USDT',
    timeframe: '1h',
    candleOpenTime: START + n * HOUR,
    value: side === 'buy' ? 1 : -1,
    decision: side,
    reason: side === 'buy' ? 'SIGNAL.BUY' : 'SIGNAL.SELL',
    indicators: { fast: 42_000.5 + n, slow: 41_000.25 },
    candle: { open: '42000', high: '42500', low: '41900', close: `${42_000 + n}.5`, volume: '12.5' },
    candleHash: `hash-${n}`,
    decidedAt: START + (n + 1) * HOUR + 1000,
    ...changes,
  };
}

export function newOrder(n, changes = {}) {
  const side = sideOf(n);
  return {
    botId: 'bot-1',
    mode: 'paper',
    exchange: 'binance',
    symbol: 'BTC/USDT',
    strategy: 'sma_cross',
    signalId: null,
    signalKey: `bot-1|paper|BTC/USDT|1h|${START + n * HOUR}|${side}`,
    attempt: 1,
    clientOrderId: `tb-${n}`,
    side,
    type: 'market',
    timeInForce: null,
    purpose: side === 'buy' ? 'entry' : 'exit',
    reason: 'signal',
    quantity: '1',
    limitPrice: null,
    stopPrice: null,
    referencePrice: '42000',
    baseAsset: 'BTC',
    quoteAsset: 'USDT',
    lotStep: '0.00001',
    filters: { stepSize: '0.00001' },
    balancesBefore: { USDT: '10000' },
    lastTradeIdBefore: null,
    ...changes,
  };
}

export function newFill(tradeId, n, quantity, changes = {}) {
  return { tradeId, price: `${42_000 + (n % 97)}.25`, quantity, commission: '0.042', commissionAsset: 'USDT', executedAt: START + (n + 1) * HOUR + 2000, ...changes };
}
