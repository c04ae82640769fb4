import { LedgerError } from './errors.js';
import type { Timeframe } from './timeframe.js';

export type TradingMode = 'paper' | 'live';
export type Side = 'buy' | 'sell';
export type OrderType = 'market' | 'limit' | 'stop_loss' | 'stop_loss_limit' | 'take_profit' | 'take_profit_limit' | 'limit_maker';

/** Why an order exists: to get in, or to get out. */
export type OrderPurpose = 'entry' | 'exit';

/**
 * Where an order may go from where it is. PLANNED is written before anything is sent, SENDING before the first byte leaves; what
 * happened to a SENDING order that nobody heard of again is UNKNOWN until the exchange has been asked.
 */
const MOVES = {
  PLANNED: ['SENDING', 'NOT_SENT'],
  SENDING: ['OPEN', 'PARTIAL', 'FILLED', 'CANCELED', 'EXPIRED', 'REFUSED', 'NOT_SENT', 'UNKNOWN'],
  UNKNOWN: ['OPEN', 'PARTIAL', 'FILLED', 'CANCELED', 'EXPIRED', 'REFUSED', 'NOT_SENT', 'ABSENT'],
  OPEN: ['PARTIAL', 'FILLED', 'CANCELED', 'EXPIRED'],
  PARTIAL: ['FILLED', 'CANCELED', 'EXPIRED'],
  FILLED: [],
  CANCELED: [],
  EXPIRED: [],
  REFUSED: [],
  NOT_SENT: [],
  ABSENT: [],
} as const satisfies Record<string, readonly string[]>;

export type OrderState = keyof typeof MOVES;

export const ORDER_STATES = Object.keys(MOVES) as readonly OrderState[];

/** States from which an order goes nowhere. */
export const FINAL_STATES: readonly OrderState[] = ORDER_STATES.filter((state) => MOVES[state].length === 0);

/** Final states that say for certain: no money moved. */
export const UNMOVED_STATES: readonly OrderState[] = ['REFUSED', 'NOT_SENT', 'ABSENT'];

/** What a start has to settle before anything else: nobody knows what became of these. */
export const UNRESOLVED_STATES: readonly OrderState[] = ['PLANNED', 'SENDING', 'UNKNOWN'];

/** On the exchange, and not done. */
export const WORKING_STATES: readonly OrderState[] = ['OPEN', 'PARTIAL'];

export function movesFrom(state: OrderState): readonly OrderState[] {
  return MOVES[state];
}

/** @throws LedgerError LEDGER.STATE when an order in state `from` cannot become `to` */
export function nextState(from: OrderState, to: OrderState): OrderState {
  if (movesFrom(from).includes(to)) return to;
  const allowed = movesFrom(from);
  throw new LedgerError('LEDGER.STATE', `An order that is ${from} cannot become ${to}; it can become ${allowed.length === 0 ? 'nothing else' : allowed.join(', ')}`);
}

/** The fact that an order answers: one bar, one action. Two ticks and two processes make the same key of it. */
export interface SignalKey {
  readonly botId: string;
  readonly mode: TradingMode;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  /** UTC ms of the bar's open. */
  readonly candleOpenTime: number;
  readonly action: Side;
}

/** `bot-1|paper|BTC/USDT|1h|1704067200000|buy` */
export function signalKeyText({ botId, mode, symbol, timeframe, candleOpenTime, action }: SignalKey): string {
  return [botId, mode, symbol, timeframe, candleOpenTime, action].join('|');
}
