import { compare, minus, plus, times, ZERO, type DecimalText } from '../domain/decimal.js';
import { DAY_MS } from '../domain/timeframe.js';

/** What the loss limits remember of the bot's own result in one quote currency. */
export interface Marks {
  /** As it was last seen: realised and unrealised, quote currency. */
  readonly result: DecimalText;
  /** Its highest; a bot begins at 0. */
  readonly peak: DecimalText;
  /** UTC midnight of the day that is counted, and the result at which that day began. */
  readonly day: number;
  readonly dayStart: DecimalText;
}

export interface SeenResult {
  /** UTC ms. */
  readonly nowMs: number;
  readonly result: DecimalText;
  readonly realised: DecimalText;
  readonly realisedToday: DecimalText;
}

export interface HeldCoins {
  readonly quantity: DecimalText;
  readonly cost: DecimalText;
  readonly price: DecimalText;
}

/** Realised, and what selling everything now would add. Commissions in a third asset are in neither, as in all of the ledger's results. */
export function resultOf(realised: DecimalText, held: readonly HeldCoins[]): DecimalText {
  return held.reduce((total, { quantity, cost, price }) => plus(total, minus(times(quantity, price), cost)), realised);
}

/**
 * The marks after a look. A day begins where the result stood when the day before was last looked at, so that a loss overnight is in it;
 * a bot that was never looked at begins its day where its sales had left it. A clock that was set back does not begin a day again.
 */
export function advanceMarks(before: Marks | null, { nowMs, result, realised, realisedToday }: SeenResult): Marks {
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS;
  if (before === null) return { result, peak: higher(ZERO, result), day: today, dayStart: minus(realised, realisedToday) };
  const newDay = today > before.day;
  return { result, peak: higher(before.peak, result), day: newDay ? today : before.day, dayStart: newDay ? before.result : before.dayStart };
}

/** Above 0 for a loss. */
export function dailyLoss({ result, dayStart }: Marks): DecimalText {
  return minus(dayStart, result);
}

/** 0 or more. */
export function drawdown({ result, peak }: Marks): DecimalText {
  return minus(peak, result);
}

/** Somebody has looked and wants to go on: losses count from here. */
export function rebased(marks: Marks): Marks {
  return { ...marks, peak: marks.result, dayStart: marks.result };
}

export function sameMarks(a: Marks, b: Marks): boolean {
  return a.result === b.result && a.peak === b.peak && a.day === b.day && a.dayStart === b.dayStart;
}

function higher(a: DecimalText, b: DecimalText): DecimalText {
  return compare(a, b) >= 0 ? a : b;
}
