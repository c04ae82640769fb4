import type { ReportedOrder, TickReport } from '../../../src/bot/tick-report.js';

const AT = Date.UTC(2026, 0, 2, 3, 0, 5);

/** A quiet tick, and what is different about this one. */
export function aReport(changes: Partial<TickReport> = {}): TickReport {
  return {
    at: AT,
    botId: 'bot-1',
    mode: 'paper',
    symbol: 'BTC/USDT',
    timeframe: '1h',
    strategy: 'sma_cross',
    outcome: 'held',
    reason: 'HOLD.NEUTRAL',
    message: null,
    decision: 'hold',
    bar: { openTime: AT - 3_605_000, close: 100, signal: 0, indicators: {} },
    order: null,
    position: { holding: 'flat', quantity: '0' },
    quoteInAccount: null,
    level: 'ACTIVE',
    findings: [],
    gates: [],
    changes: 0,
    tookMs: 12,
    lookAgainMs: null,
    ...changes,
  };
}

export function anOrder(changes: Partial<ReportedOrder> = {}): ReportedOrder {
  return { clientOrderId: 'tb-a', side: 'buy', attempt: 1, state: 'FILLED', quantity: '0.5', executedQuantity: '0.5', averagePrice: '100', ...changes };
}
