import { compare, isZero, minus, ratio, times, ZERO, type DecimalText } from '../domain/decimal.js';
import type { MarketKey } from '../persistence/booking/derived-rows.js';
import type { RiskQueries } from '../persistence/repositories/risk-facts.js';
import type { HeldPosition } from '../persistence/repositories/trade-repository.js';
import { readGates } from './gates/all-gates.js';
import type { GateView } from './gates/gate-view.js';
import type { SwitchPosition } from './kill-switch.js';
import type { RiskLimits } from './limits.js';
import { advanceMarks, resultOf, type Marks } from './marks.js';
import { memoryOf, type RiskMemory } from './risk-memory.js';
import type { GateReading } from './risk-types.js';

/** Where the gate stands, read beside a bot that may be running: nothing is written, and the exchange is not asked. */
export interface GateReport {
  readonly memory: RiskMemory;
  readonly marks: Marks;
  /** Price at which it was read, the newest that the ledger knows; null where there is none. */
  readonly price: DecimalText | null;
  /** Of the largest entry that the position leaves room for. A value is null where only the exchange could tell. */
  readonly readings: readonly GateReading[];
}

export interface DryRun {
  readonly key: MarketKey;
  readonly limits: RiskLimits;
  /** `risk.max_position_size_usd` */
  readonly purchase: DecimalText;
  readonly killSwitch: SwitchPosition;
  readonly queries: RiskQueries;
  /** All of the bot's positions, valued. */
  readonly positions: readonly HeldPosition[];
  readonly nowMs: number;
}

const QUANTITY_PLACES = 8;

export async function dryRun({ key, limits, purchase, killSwitch, queries, positions, nowMs }: DryRun): Promise<GateReport> {
  const [base, quote] = key.symbol.split('/');
  const memory = memoryOf(await queries.state(key));
  const ledger = await queries.facts(key, quote, nowMs);
  const own = positions.find(({ symbol, exchange }) => symbol === key.symbol && exchange === key.exchange);
  const price = own === undefined || isZero(own.price) ? null : own.price;
  const coins = ledger.held.map((held) => ({ ...held, price: positions.find(({ symbol, exchange }) => symbol === held.symbol && exchange === key.exchange)?.price ?? held.lastPrice }));
  const marks = advanceMarks(memory.marks[quote] ?? null, { nowMs, result: resultOf(ledger.realised, coins), realised: ledger.realised, realisedToday: ledger.realisedToday });
  const position = own?.quantity ?? ZERO;
  const lotStep = ledger.held.find(({ symbol }) => symbol === key.symbol)?.lotStep ?? ZERO;
  const view: GateView = { nowMs, limits, memory, killSwitch, findings: [], ledger, marks, base, quote, lotStep, position, bid: null, ask: price, freeQuote: null };
  const room = price === null ? purchase : minus(purchase, times(position, price));
  const quantity = price === null || compare(room, ZERO) <= 0 ? null : ratio(room, price, QUANTITY_PLACES);
  // Where there is no room, or no price, the reading of the position itself is what there is to show.
  const readings = readGates({ side: 'buy', purpose: 'entry', quantity: quantity === null || isZero(quantity) ? '0.00000001' : quantity, referencePrice: price ?? '1' }, view);
  return { memory, marks, price, readings: readings.filter(({ code }) => code !== 'RISK.INVALID') };
}
