import type { NotificationEventsConfig } from '../config/notifications-config.js';
import { isZero, type DecimalText } from '../domain/decimal.js';
import { isoTime } from '../domain/instant.js';
import type { Notice, NoticeFact, NoticeKind, NoticeWeight, Teller } from './notice.js';

/** The setting that switches each class; null: it cannot be switched. */
const SWITCHES: Readonly<Record<NoticeKind, keyof NotificationEventsConfig | null>> = { start: 'start', stop: 'stop', trade: 'trade', halt: 'halt', mismatch: 'mismatch', errors: 'errors', summary: 'dailySummary', test: null };

export function isWanted(kind: NoticeKind, events: NotificationEventsConfig): boolean {
  const name = SWITCHES[kind];
  return name === null || events[name];
}

export function startNotice(teller: Teller, at: number, { strategy, version, live }: { readonly strategy: string; readonly version: string; readonly live: boolean }): Notice {
  return notice('start', 'info', teller, at, live ? 'Started: LIVE, orders move real money' : 'Started on paper', [fact('strategy', strategy), fact('version', version)]);
}

/** @param fault in words, when it was one that ended the service; null: it was told to stop */
export function stopNotice(teller: Teller, at: number, fault: string | null): Notice {
  return fault === null ? notice('stop', 'info', teller, at, 'Stopped as told', []) : notice('stop', 'alarm', teller, at, 'Ended by a fault', [fact('fault', fault)]);
}

export interface ToldOrder {
  readonly side: 'buy' | 'sell';
  readonly clientOrderId: string;
  readonly quantity: DecimalText;
  readonly executedQuantity: DecimalText;
  readonly averagePrice: DecimalText | null;
}

/** @param held what is held after it, in coins; null where that is not known */
export function tradeNotice(teller: Teller, at: number, order: ToldOrder, { reason, held }: { readonly reason: string; readonly held: DecimalText | null }): Notice {
  const { side, clientOrderId, quantity, executedQuantity, averagePrice } = order;
  const whole = executedQuantity === quantity;
  const title = `${side === 'buy' ? 'Bought' : 'Sold'} ${executedQuantity}${whole ? '' : ` of ${quantity}`}${averagePrice === null ? '' : ` at ${averagePrice}`}`;
  return notice('trade', whole ? 'info' : 'warning', teller, at, title, [fact('reason', reason), ...(held === null ? [] : [fact('position', isZero(held) ? 'flat' : held)]), fact('order', clientOrderId)]);
}

/** What became of an order is known only now; it was sent by an earlier tick. */
export function settledNotice(teller: Teller, at: number, before: DecimalText, held: DecimalText): Notice {
  const words = (quantity: DecimalText): string => (isZero(quantity) ? 'flat' : quantity);
  return notice('trade', 'warning', teller, at, `An earlier order is settled: the position went from ${words(before)} to ${words(held)}`, []);
}

export function haltNotice(teller: Teller, at: number, level: 'HALTED' | 'REDUCING', { code, message }: { readonly code: string; readonly message: string | null }): Notice {
  const title = level === 'HALTED' ? 'HALTED: no order is sent until a person resumes' : 'REDUCING: no entries, exits only';
  return notice('halt', level === 'HALTED' ? 'alarm' : 'warning', teller, at, title, [fact('code', code), ...(message === null ? [] : [fact('why', message)])]);
}

export function resumedNotice(teller: Teller, at: number, before: string): Notice {
  return notice('halt', 'good', teller, at, `ACTIVE again, after ${before}`, []);
}

export interface ToldFinding {
  readonly code: string;
  readonly message: string;
}

export function mismatchNotice(teller: Teller, at: number, findings: readonly ToldFinding[]): Notice {
  return notice('mismatch', 'alarm', teller, at, 'Ledger and account do not agree', findings.map(({ code, message }) => fact(code, message)));
}

export function agreedNotice(teller: Teller, at: number): Notice {
  return notice('mismatch', 'good', teller, at, 'Ledger and account agree again', []);
}

export function errorsNotice(teller: Teller, at: number, ticks: number, { code, message }: { readonly code: string; readonly message: string | null }): Notice {
  return notice('errors', 'warning', teller, at, `${ticks} ticks in a row could not be done`, [fact('code', code), ...(message === null ? [] : [fact('why', message)])]);
}

export function recoveredNotice(teller: Teller, at: number, ticks: number): Notice {
  return notice('errors', 'good', teller, at, `Ticks are done again, after ${ticks} that were not`, []);
}

/** What a day brought, as the ledger has it. */
export interface DaySummary {
  /** UTC ms, half-open. */
  readonly fromMs: number;
  readonly toMs: number;
  readonly fills: number;
  /** By quote currency: what sales of the day realised, fees included. */
  readonly realised: readonly { readonly asset: string; readonly amount: DecimalText }[];
  readonly positions: readonly { readonly symbol: string; readonly quantity: DecimalText; readonly unrealised: DecimalText; readonly quoteAsset: string }[];
  /** Ticks of the day that this process made, and those of them that could not be done. */
  readonly ticks: number;
  readonly skipped: number;
  readonly level: string;
}

export function summaryNotice(teller: Teller, at: number, summary: DaySummary): Notice {
  const { fromMs, toMs, fills, realised, positions, ticks, skipped, level } = summary;
  const won = realised.length === 0 ? ['nothing'] : realised.map(({ amount, asset }) => `${amount} ${asset}`);
  const held = positions.length === 0 ? ['nothing'] : positions.map(({ quantity, symbol, unrealised, quoteAsset }) => `${quantity} of ${symbol}, ${unrealised} ${quoteAsset} unrealised`);
  return notice('summary', level === 'ACTIVE' ? 'info' : 'warning', teller, at, `The day: ${fills === 1 ? '1 fill' : `${fills} fills`}, ${won.join(' and ')} realised`, [
    fact('from', isoTime(fromMs)),
    fact('to', isoTime(toMs)),
    fact('held', held.join('; ')),
    fact('ticks', `${ticks}${skipped === 0 ? '' : `, ${skipped} of them could not be done`}`),
    fact('state', level),
  ]);
}

export function testNotice(teller: Teller, at: number): Notice {
  return notice('test', 'info', teller, at, 'This is a test: messages of the bot arrive here', []);
}

function notice(kind: NoticeKind, weight: NoticeWeight, { botId, mode, market }: Teller, at: number, title: string, facts: readonly NoticeFact[]): Notice {
  return { kind, weight, at, botId, mode, market, title, facts };
}

function fact(label: string, value: string): NoticeFact {
  return { label, value };
}
