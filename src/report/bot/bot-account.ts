import type { ResultTrade } from '../../backtest/backtest-result.js';
import { takeOut } from '../../domain/adjustment.js';
import type { Candles } from '../../domain/candles.js';
import { isZero, minus, negated, plus, times, ZERO, type DecimalText } from '../../domain/decimal.js';
import { isoTime } from '../../domain/instant.js';
import { applyFill, FLAT, holdingOf, type Position, type RoundTrip } from '../../domain/ledger.js';
import type { BotAdjustment, BotFill, BotPeriod } from './bot-period.js';

/** A round trip of the bot, in the form of a result's. */
export interface BotTrade extends ResultTrade {
  /** Reason of the order that sold last; null while open. */
  readonly reason: string | null;
  readonly stop: number | null;
}

/** What a bot's fills make of an account, bar by bar. */
export interface BotAccount {
  /** One value before the first bar, then one at the close of each, quote currency. */
  readonly curve: Float64Array;
  /** Round trips that touch the period, by the time of their entry. */
  readonly trades: readonly BotTrade[];
  /** Coins held when the period began. */
  readonly heldBefore: DecimalText;
  /** Whether that could have been sold; less is dust, and counts as nothing. */
  readonly cameInLong: boolean;
  /** Share of bars at whose close something that can be sold was held. */
  readonly exposure: number;
  /** Sum over the period's fills of value / equity right before. */
  readonly turnover: number;
  /** Commissions in neither asset of the market, by asset, in the period: they are in no figure. */
  readonly otherFees: Readonly<Record<string, DecimalText>>;
  /** Coins taken out by hand in the period. */
  readonly takenOut: DecimalText;
}

interface Trip {
  readonly trip: RoundTrip;
  readonly reason: string | null;
}

/**
 * @param candles those of the period
 * @param capital what the account held when it began, quote currency: the ledger knows changes only
 */
export function botAccount(period: BotPeriod, candles: Candles, capital: number): BotAccount {
  const { fromMs, fills } = period;
  const book = new Book(period);
  book.until(fromMs);
  const heldBefore = book.position.quantity;
  const lotStep = fills.at(-1)?.lotStep ?? ZERO;
  const curve = new Float64Array(candles.length + 1);
  curve[0] = capital + book.worth(candles.open[0]);
  let long = 0;
  let turnover = 0;
  const otherFees: Record<string, DecimalText> = {};
  for (let bar = 0; bar < candles.length; bar++) {
    for (const fill of book.until(candles.closeTime(bar))) {
      turnover += Number(times(fill.price, fill.quantity)) / curve[bar];
      if (isOther(fill)) otherFees[fill.commissionAsset] = plus(otherFees[fill.commissionAsset] ?? ZERO, fill.commission);
    }
    curve[bar + 1] = capital + book.worth(candles.close[bar]);
    if (holdingOf(book.position.quantity, lotStep) === 'open') long++;
  }
  return {
    curve,
    trades: book.trips.filter(({ trip }) => (trip.closedAt ?? Infinity) >= fromMs).map((known) => tradeOf(known, period, candles)),
    heldBefore,
    cameInLong: holdingOf(heldBefore, lotStep) === 'open',
    exposure: candles.length === 0 ? 0 : long / candles.length,
    turnover,
    otherFees,
    takenOut: book.takenOutSince(fromMs),
  };
}

/** A fill, or coins that left after it. */
type Step = { readonly at: number } & ({ readonly fill: BotFill } | { readonly taken: BotAdjustment; readonly lotStep: DecimalText });

/** The fold over fills and adjustments, a stretch of time after the other. */
class Book {
  position: Position = FLAT;
  /** Every round trip so far; the open one last. */
  readonly trips: Trip[] = [];
  private open: RoundTrip | null = null;
  private readonly steps: readonly Step[];
  private next = 0;

  constructor(private readonly period: BotPeriod) {
    // In the order in which the ledger folds them: what left by hand right after the fill that was the newest then.
    this.steps = period.fills.flatMap((fill): Step[] => [
      { at: fill.executedAt, fill },
      ...period.adjustments.filter(({ afterFillId }) => afterFillId === fill.id).map((taken) => ({ at: taken.at, taken, lotStep: fill.lotStep })),
    ]);
  }

  /** Books what happened before a moment. @returns the fills among it */
  until(ms: number): BotFill[] {
    const booked: BotFill[] = [];
    for (; this.next < this.steps.length && this.steps[this.next].at < ms; this.next++) {
      const step = this.steps[this.next];
      if ('fill' in step) {
        this.book(step.fill);
        booked.push(step.fill);
      } else this.takeOut(step.taken, step.lotStep);
    }
    return booked;
  }

  /** Quote currency that has moved, and the coins at a price; exact up to the last step. */
  worth(price: number): number {
    const { quantity, cost, realised } = this.position;
    return Number(minus(realised, cost)) + Number(quantity) * price;
  }

  takenOutSince(ms: number): DecimalText {
    return this.period.adjustments.filter(({ at }) => at >= ms).reduce((total, { quantity }) => minus(total, quantity), ZERO);
  }

  private book(fill: BotFill): void {
    const { position, trip } = applyFill(this.position, this.open, fill, { base: fill.baseAsset, quote: fill.quoteAsset, lotStep: fill.lotStep });
    this.position = position;
    this.keep(trip, fill.side === 'sell' ? fill.orderReason : (this.trips.at(-1)?.reason ?? null));
  }

  private takeOut({ quantity, at, reason }: BotAdjustment, lotStep: DecimalText): void {
    const { position, trip } = takeOut(this.position, this.open, negated(quantity), at, lotStep);
    this.position = position;
    if (trip !== null) this.keep(trip, reason);
  }

  private keep(trip: RoundTrip, reason: string | null): void {
    const known = { trip, reason: trip.closedAt === null && isZero(trip.sold) ? null : reason };
    if (this.open === null) this.trips.push(known);
    else this.trips[this.trips.length - 1] = known;
    this.open = trip.closedAt === null ? trip : null;
  }
}

function tradeOf({ trip, reason }: Trip, { fills, orders }: BotPeriod, { timeframeMs }: Candles): BotTrade {
  const own = fills.filter(({ executedAt }) => executedAt >= trip.openedAt && executedAt <= (trip.closedAt ?? Infinity));
  const { openedAt, closedAt, bought, sold, entryValue, exitValue, pnl } = trip;
  const entryPrice = Number(entryValue) / Number(bought);
  const spent = own.reduce((total, { side, commission, commissionAsset, quoteAsset }) => total + (side === 'buy' && commissionAsset === quoteAsset ? Number(commission) : 0), Number(entryValue));
  const stop = orders.findLast((order) => order.stopPrice !== null && order.plannedAt >= openedAt && order.plannedAt <= (closedAt ?? Infinity));
  const done = closedAt !== null;
  return {
    entry_time: openedAt,
    entry_time_iso: isoTime(openedAt),
    entry_price: entryPrice,
    exit_time: closedAt,
    exit_time_iso: closedAt === null ? null : isoTime(closedAt),
    exit_price: done && !isZero(sold) ? Number(exitValue) / Number(sold) : null,
    quantity: Number(bought),
    fees: own.reduce((total, fill) => total + feeInQuote(fill), 0),
    slippage: 0,
    pnl: done ? Number(pnl) : null,
    return: done ? Number(pnl) / spent : null,
    bars_held: closedAt === null ? null : Math.floor(closedAt / timeframeMs) - Math.floor(openedAt / timeframeMs),
    reason: done ? reason : null,
    stop: stop === undefined || stop.stopPrice === null ? null : Number(stop.stopPrice),
  };
}

/** A fee taken in coins is valued at the price it was taken at; one in a third asset is worth what nobody here knows. */
function feeInQuote({ commission, commissionAsset, baseAsset, quoteAsset, price }: BotFill): number {
  if (commissionAsset === quoteAsset) return Number(commission);
  return commissionAsset === baseAsset ? Number(times(commission, price)) : 0;
}

function isOther({ commission, commissionAsset, baseAsset, quoteAsset }: BotFill): boolean {
  return !isZero(commission) && commissionAsset !== baseAsset && commissionAsset !== quoteAsset;
}
