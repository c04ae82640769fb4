import type { Recomputed } from '../../bot/recompute.js';
import { BOT_REASONS } from '../../bot/reasons.js';
import { isoTime, shortTime } from '../../domain/instant.js';
import { timeframeMs } from '../../domain/timeframe.js';
import type { DecisionStory, OrderStory } from '../../persistence/decision-story.js';
import type { BotEventEntity } from '../../persistence/entities/bot-event.entity.js';
import { RISK_CODES } from '../../risk/risk-codes.js';
import type { GateReading, Proposal } from '../../risk/risk-types.js';

/** What was kept with a judgement (`Trader.record`). */
interface Judgement {
  readonly reason: string;
  readonly proposal: Proposal;
  readonly size: { readonly budget: number; readonly price: string; readonly quantity: string | null } | null;
  readonly gates: readonly GateReading[];
}

/** The whole story of one decision, for people. */
export function whyText({ signal, judged, orders }: DecisionStory, recomputed: Recomputed): string {
  const { botId, mode, symbol, timeframe, strategy, candleOpenTime, candle, value, indicators, decision, reason, decidedAt, candleHash } = signal;
  return [
    `${botId} (${mode}), ${symbol} ${timeframe}, bar ${shortTime(candleOpenTime)} to ${shortTime(candleOpenTime + timeframeMs(timeframe))} UTC`,
    `  candle      open ${candle.open}, high ${candle.high}, low ${candle.low}, close ${candle.close}, volume ${candle.volume}`,
    `  window      sha256 ${candleHash.slice(0, 16)}…`,
    `  indicators  ${Object.entries(indicators).map(([name, at]) => `${name} ${at ?? 'warming up'}`).join(', ') || 'none'}`,
    `  ${strategy} said ${{ '1': '1 (buy)', '0': '0 (nothing)', '-1': '-1 (sell)' }[String(value)]}; worked out again: ${recomputed.words}`,
    `  decided     ${decision} at ${isoTime(decidedAt)}`,
    `  because     ${reason}${meaningOf(reason)}`,
    ...judged.flatMap(judgementLines),
    ...orders.flatMap(orderLines),
    ...(orders.length === 0 ? ['  no order was sent for it'] : []),
  ].join('\n');
}

/** The same for programs. */
export function whyDocument({ signal, judged, orders }: DecisionStory, recomputed: Recomputed): Record<string, unknown> {
  return {
    signal: { ...snakeSignal(signal), recomputed: recomputed.result, recomputed_words: recomputed.words },
    judged: judged.map(({ at, details }) => ({ at, ...details })),
    orders: orders.map(({ order, transitions, fills }) => ({
      client_order_id: order.clientOrderId,
      signal_key: order.signalKey,
      attempt: order.attempt,
      side: order.side,
      type: order.type,
      time_in_force: order.timeInForce,
      quantity: order.quantity,
      limit_price: order.limitPrice,
      reference_price: order.referencePrice,
      state: order.state,
      state_reason: order.stateReason,
      executed_quantity: order.executedQuantity,
      executed_quote: order.executedQuote,
      filters: order.filters,
      balances_before: order.balancesBefore,
      transitions: transitions.map(({ toState, at, reason }) => ({ to: toState, at, reason })),
      fills: fills.map(({ tradeId, price, quantity, commission, commissionAsset, executedAt }) => ({ trade_id: tradeId, price, quantity, commission, commission_asset: commissionAsset, executed_at: executedAt })),
    })),
  };
}

function snakeSignal({ botId, mode, symbol, timeframe, strategy, candleOpenTime, candle, value, indicators, decision, reason, decidedAt, candleHash }: DecisionStory['signal']): Record<string, unknown> {
  return { bot_id: botId, mode, symbol, timeframe, strategy, candle_open_time: candleOpenTime, candle, value, indicators, decision, reason, decided_at: decidedAt, candle_hash: candleHash };
}

function meaningOf(reason: string): string {
  const known = Object.hasOwn(BOT_REASONS, reason) ? BOT_REASONS[reason as keyof typeof BOT_REASONS] : Object.hasOwn(RISK_CODES, reason) ? RISK_CODES[reason as keyof typeof RISK_CODES].meaning : null;
  return known === null ? '' : `: ${known}`;
}

function judgementLines({ at, details }: BotEventEntity): string[] {
  const { reason, proposal, size, gates } = details as unknown as Judgement;
  return [
    `  proposed    ${proposal.side} ${proposal.quantity} at ${isoTime(at)}, reference price ${proposal.referencePrice}: ${reason}`,
    ...(size === null ? [] : [`    size      ${size.budget} to spend / ${size.price} a coin, rounded down to the step: ${size.quantity ?? 'less than the market trades'}`]),
    ...gates.filter(({ limit }) => limit !== null).map(({ code, label, value, limit, passed }) => `    ${passed ? 'ok' : 'NO'}  ${code}  ${label}: ${value ?? 'not known'}; allowed: ${limit ?? 'anything'}`),
  ];
}

function orderLines({ order, transitions, fills }: OrderStory): string[] {
  return [
    `  order       ${order.clientOrderId}: ${order.side} ${order.quantity} ${order.type}${order.limitPrice === null ? '' : ` ${order.timeInForce ?? ''} at ${order.limitPrice}`}, attempt ${order.attempt}`,
    ...transitions.map(({ at, toState, reason }) => `    ${isoTime(at)} ${toState}${reason === null ? '' : ` (${reason})`}`),
    ...fills.map(({ price, quantity, commission, commissionAsset, tradeId }) => `    fill ${tradeId}: ${quantity} at ${price}, commission ${commission} ${commissionAsset}`),
  ];
}
