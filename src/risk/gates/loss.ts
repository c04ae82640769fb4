import { compare, type DecimalText } from '../../domain/decimal.js';
import { isoTime } from '../../domain/instant.js';
import type { RiskLimits } from '../limits.js';
import { dailyLoss, drawdown } from '../marks.js';
import { counted, money, read, type Gate, type GateView } from './gate-view.js';

const below = (limit: DecimalText | null, unit: string): string | null => (limit === null ? null : `less than ${money(limit, unit)}`);
const isBelow = (value: DecimalText, limit: DecimalText | null): boolean => limit === null || compare(value, limit) < 0;

export const maxDailyLoss: Gate = (_proposal, { marks, limits, quote }) => {
  const lost = dailyLoss(marks);
  return read('RISK.DAILY_LOSS', 'Loss of the day', money(lost, quote), below(limits.dailyLoss, quote), isBelow(lost, limits.dailyLoss));
};

export const maxDrawdown: Gate = (_proposal, { marks, limits, quote }) => {
  const fallen = drawdown(marks);
  return read('RISK.DRAWDOWN', 'Fall from the highest', money(fallen, quote), below(limits.drawdown, quote), isBelow(fallen, limits.drawdown));
};

export const losingStreak: Gate = (_proposal, view) => {
  const { limits, nowMs } = view;
  const losses = unforgiven(view);
  const until = pausedUntil(losses, limits);
  const paused = until !== null && nowMs < until;
  return read(
    'RISK.LOSING_STREAK',
    'Losses in a row',
    `${losses.length}${paused ? `, entries pause until ${isoTime(until)}` : ''}`,
    limits.consecutiveLosses === null ? null : `no pause (${limits.cooldownMs / 60_000} min at ${limits.consecutiveLosses})`,
    !paused,
  );
};

export const consecutiveErrors: Gate = (_proposal, { memory, limits }) =>
  read('RISK.ERRORS', 'Errors in a row', counted(memory.errors, 'tick'), limits.consecutiveErrors === null ? null : `fewer than ${limits.consecutiveErrors}`, memory.errors < (limits.consecutiveErrors ?? Infinity));

function unforgiven({ ledger, memory }: GateView): readonly number[] {
  return ledger.losses.filter((endedAt) => endedAt > memory.forgivenAt);
}

/**
 * When the pause ends that the last full number of losses began: after 5, and again after 10. It follows from the ledger alone, so that
 * no restart shortens it.
 */
function pausedUntil(losses: readonly number[], { consecutiveLosses, cooldownMs }: RiskLimits): number | null {
  if (consecutiveLosses === null) return null;
  const full = losses.length - (losses.length % consecutiveLosses);
  return full === 0 ? null : losses[full - 1] + cooldownMs;
}
