import type { Effect, ExecutionEffect, ReplyEffect, StateEffect } from './effect.js';

const REPLY_EFFECTS: readonly string[] = [
  'latency', 'reset', 'close', 'stall', 'drip', 'refuse', 'http', 'error', 'truncate', 'replace', 'mutate', 'redirect', 'klines',
] satisfies ReplyEffect['type'][];

const EXECUTION_EFFECTS: readonly string[] = ['delayExec', 'dupExec', 'slip'] satisfies ExecutionEffect['type'][];

const STATE_EFFECTS: readonly string[] = [
  'lag', 'skew', 'weight', 'ban', 'key', 'symbol', 'filters', 'maintenance', 'liquidity', 'slip', 'refuse', 'balance',
  'foreignOrder', 'cancelForeign', 'exchangeCancel',
] satisfies StateEffect['type'][];

export function isReplyEffect(effect: Effect): effect is ReplyEffect {
  return REPLY_EFFECTS.includes(effect.type);
}

/** @throws Error when a rule would do something nobody knows */
export function checkEffectType(type: string): void {
  const known = new Set([...REPLY_EFFECTS, ...EXECUTION_EFFECTS, ...STATE_EFFECTS]);
  if (!known.has(type)) throw new Error(`effect: expected one of ${[...known].join(', ')}; was ${type}`);
}
