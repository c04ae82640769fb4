import { compare, isZero, minus, plus, shareOf, times, ZERO, type DecimalText } from './decimal.js';
import type { Side } from './order.js';

/** One execution, as the exchange reports it. All amounts are decimal texts. */
export interface Fill {
  readonly side: Side;
  /** Quote currency per coin. */
  readonly price: DecimalText;
  /** Coins, before any commission. */
  readonly quantity: DecimalText;
  readonly commission: DecimalText;
  readonly commissionAsset: string;
  /** UTC ms. */
  readonly executedAt: number;
}

/** The two assets of a market, and the smallest quantity that can be traded on it; `0` where any can. */
export interface Market {
  readonly base: string;
  readonly quote: string;
  readonly lotStep: DecimalText;
}

/**
 * What fills add up to. `realised - cost` is exactly the quote currency that moved, and `quantity` exactly the coins: nothing is
 * lost to rounding, because what rounding takes from the one it leaves in the other.
 */
export interface Position {
  /** Coins held: bought, less sold, less commissions taken in coins. */
  readonly quantity: DecimalText;
  /** Quote currency paid for the coins still held, commissions in quote currency included; average cost. */
  readonly cost: DecimalText;
  /** Quote currency won (or lost) by sales, commissions in base and quote currency deducted. */
  readonly realised: DecimalText;
  /** Commissions as they were taken, by asset. Those in a third asset are in no other figure. */
  readonly fees: Fees;
}

export type Fees = Readonly<Record<string, DecimalText>>;

export const FLAT: Position = { quantity: ZERO, cost: ZERO, realised: ZERO, fees: {} };

/** From one entry to the sale that leaves nothing that could be sold. */
export interface RoundTrip {
  readonly openedAt: number;
  /** null while coins are held. */
  readonly closedAt: number | null;
  readonly bought: DecimalText;
  readonly sold: DecimalText;
  /** Quote currency of all purchases, and of all sales, before commissions. */
  readonly entryValue: DecimalText;
  readonly exitValue: DecimalText;
  readonly fees: Fees;
  /** Realised by its sales, as in `Position`. */
  readonly pnl: DecimalText;
}

export interface AppliedFill {
  readonly position: Position;
  /** Realised by this one fill. */
  readonly realised: DecimalText;
  readonly trip: RoundTrip;
}

/** Decimals to which the cost of a part is rounded; what is cut off stays in the cost of the rest. */
const COST_PLACES = 18;

/**
 * One step of the fold. Pure.
 *
 * @param openTrip the round trip that is under way, null when there is none
 */
export function applyFill(position: Position, openTrip: RoundTrip | null, fill: Fill, market: Market): AppliedFill {
  const value = times(fill.price, fill.quantity);
  const baseFee = fill.commissionAsset === market.base ? fill.commission : ZERO;
  const quoteFee = fill.commissionAsset === market.quote ? fill.commission : ZERO;
  const fees = addFee(position.fees, fill);
  if (fill.side === 'buy') {
    const bought = minus(fill.quantity, baseFee);
    const after = { ...position, quantity: plus(position.quantity, bought), cost: plus(position.cost, plus(value, quoteFee)), fees };
    return { position: after, realised: ZERO, trip: advance(openTrip, fill, value, ZERO, false) };
  }
  const gone = plus(fill.quantity, baseFee);
  const released = costOf(position, gone);
  const realised = minus(minus(value, quoteFee), released);
  const after = { quantity: minus(position.quantity, gone), cost: minus(position.cost, released), realised: plus(position.realised, realised), fees };
  return { position: after, realised, trip: advance(openTrip, fill, value, realised, holdingOf(after.quantity, market.lotStep) !== 'open') };
}

/** The whole fold: what a list of fills of one market adds up to, and the round trips in it, the open one last. */
export function foldFills(fills: Iterable<Fill>, market: Market): { readonly position: Position; readonly trips: readonly RoundTrip[] } {
  let position = FLAT;
  let open: RoundTrip | null = null;
  const trips: RoundTrip[] = [];
  for (const fill of fills) {
    const applied = applyFill(position, open, fill, market);
    position = applied.position;
    open = applied.trip.closedAt === null ? applied.trip : null;
    if (open === null) trips.push(applied.trip);
  }
  return { position, trips: open === null ? trips : [...trips, open] };
}

/** `dust` is less than the market lets anyone trade: it counts as flat for decisions, and goes with the next sale. */
export function holdingOf(quantity: DecimalText, lotStep: DecimalText): 'flat' | 'dust' | 'open' {
  if (compare(quantity, ZERO) <= 0) return 'flat';
  return compare(quantity, lotStep) < 0 ? 'dust' : 'open';
}

/** What the coins held would win if they were sold at `price`, before commissions. */
export function unrealised({ quantity, cost }: Position, price: DecimalText): DecimalText {
  return minus(times(quantity, price), cost);
}

/** How every asset changed, from the position alone: coins, quote currency, and what else commissions were taken in. */
export function assetChanges(position: Position, { base, quote }: Pick<Market, 'base' | 'quote'>): Fees {
  const changes: Record<string, DecimalText> = { [base]: position.quantity, [quote]: minus(position.realised, position.cost) };
  for (const [asset, amount] of Object.entries(position.fees)) if (asset !== base && asset !== quote) changes[asset] = minus(ZERO, amount);
  return changes;
}

/** What a part of the coins held had cost; all of the cost when the part is everything. */
export function costOf({ quantity, cost }: Position, gone: DecimalText): DecimalText {
  return compare(gone, quantity) >= 0 ? cost : shareOf(cost, gone, quantity, COST_PLACES);
}

function addFee(fees: Fees, { commission, commissionAsset }: Fill): Fees {
  return isZero(commission) ? fees : { ...fees, [commissionAsset]: plus(fees[commissionAsset] ?? ZERO, commission) };
}

function advance(open: RoundTrip | null, fill: Fill, value: DecimalText, realised: DecimalText, closes: boolean): RoundTrip {
  const trip = open ?? { openedAt: fill.executedAt, closedAt: null, bought: ZERO, sold: ZERO, entryValue: ZERO, exitValue: ZERO, fees: {}, pnl: ZERO };
  const fees = addFee(trip.fees, fill);
  if (fill.side === 'buy') return { ...trip, bought: plus(trip.bought, fill.quantity), entryValue: plus(trip.entryValue, value), fees };
  return {
    ...trip,
    closedAt: closes ? fill.executedAt : null,
    sold: plus(trip.sold, fill.quantity),
    exitValue: plus(trip.exitValue, value),
    fees,
    pnl: plus(trip.pnl, realised),
  };
}
