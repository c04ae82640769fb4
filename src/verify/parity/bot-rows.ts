import type { Candles } from '../../domain/candles.js';
import { fromNumber, plus, times, type DecimalText } from '../../domain/decimal.js';
import { applyFill, assetChanges, FLAT, type Position, type RoundTrip } from '../../domain/ledger.js';
import { barOpenAt } from '../../domain/timeframe.js';
import type { FillEntity } from '../../persistence/entities/fill.entity.js';
import type { SignalEntity } from '../../persistence/entities/signal.entity.js';
import type { MarketRules } from '../../domain/market-rules.js';
import type { ParityFill, ParityRow } from './parity-row.js';

/**
 * What the bot did, bar by bar from row `from` on, told from its ledger alone.
 *
 * @param fills in the order they were booked
 */
export function botRows(candles: Candles, from: number, signals: readonly SignalEntity[], fills: readonly FillEntity[], rules: MarketRules, capital: number): ParityRow[] {
  const byBar = new Map(signals.map((signal) => [signal.candleOpenTime, signal]));
  const inBar = new Map(fills.map((fill) => [barOpenAt(fill.executedAt, candles.timeframe), fill]));
  const account = new Account(rules, fromNumber(capital));
  const rows: ParityRow[] = [];
  for (let i = from; i < candles.length; i++) {
    const openTime = candles.openTime[i];
    const said = byBar.get(openTime);
    const fill = inBar.get(openTime);
    if (fill !== undefined) account.book(fill);
    rows.push({
      openTime,
      signal: said?.value ?? NaN,
      // What waited or was owed from an earlier bar was decided there.
      decision: said === undefined || said.value === 0 ? 'hold' : decidedOn(said),
      fill: fill === undefined ? null : parityFill(fill, rules),
      equity: account.worth(candles.close[i]),
      indicators: said?.indicators ?? {},
    });
  }
  return rows;
}

/** A purchase that could not be sent because nothing was traded was decided all the same. */
function decidedOn({ decision, reason }: SignalEntity): ParityRow['decision'] {
  if (decision !== 'hold') return decision;
  return reason === 'ENTRY.WAITS' || reason === 'SIZE.BELOW_MINIMUM' ? 'buy' : reason === 'EXIT.WAITS' ? 'sell' : 'hold';
}

function parityFill({ side, price, quantity, commission, commissionAsset }: FillEntity, { base }: MarketRules): ParityFill {
  const fee = Number(commissionAsset === base ? times(commission, price) : commission);
  return { side, price: Number(price), quantity: Number(quantity), fee };
}

/** Cash and coins as exact amounts. */
class Account {
  private position: Position = FLAT;
  private trip: RoundTrip | null = null;

  constructor(
    private readonly rules: MarketRules,
    private readonly capital: DecimalText,
  ) {}

  book(fill: FillEntity): void {
    const { base, quote, lotStep } = this.rules;
    const { position, trip } = applyFill(this.position, this.trip, fill, { base, quote, lotStep });
    this.position = position;
    this.trip = trip.closedAt === null ? trip : null;
  }

  worth(close: number): number {
    const { base, quote } = this.rules;
    const cash = plus(this.capital, assetChanges(this.position, { base, quote })[quote]);
    return Number(plus(cash, times(this.position.quantity, fromNumber(close))));
  }
}
