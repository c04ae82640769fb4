import type { TickReport } from '../bot/tick-report.js';
import { isZero } from '../domain/decimal.js';
import { agreedNotice, errorsNotice, haltNotice, mismatchNotice, recoveredNotice, resumedNotice, settledNotice, tradeNotice, type ToldFinding } from '../notify/events.js';
import type { Notice, Teller } from '../notify/notice.js';

/** Findings that say that ledger and account may not be one. */
const DOUBTS = /^(RECONCILE\.|ORDER\.(UNKNOWN|UNRESOLVED|CANCEL_UNCONFIRMED)$)/;

/**
 * What of a tick is worth telling a person. It remembers what it has told: a state that lasts is told when it begins and when it is over, not
 * with every tick.
 */
export class TickNotices {
  private level: TickReport['level'] = 'ACTIVE';
  private doubts: ReadonlySet<string> = new Set();
  private skipped = 0;
  private order: string | null = null;
  private held: string | null = null;

  constructor(
    private readonly teller: Teller,
    /** Ticks in a row that could not be done before that is told. */
    private readonly burst: number,
  ) {}

  of(report: TickReport): Notice[] {
    return [...this.trades(report), ...this.levels(report), ...this.mismatches(report), ...this.errors(report)];
  }

  private trades({ at, order, position, reason, changes }: TickReport): Notice[] {
    const before = this.held;
    const held = position?.quantity ?? null;
    if (held !== null) this.held = held;
    if (order !== null && !isZero(order.executedQuantity)) {
      const told = `${order.clientOrderId} ${order.executedQuantity}`;
      if (told === this.order) return [];
      this.order = told;
      return [tradeNotice(this.teller, at, order, { reason, held })];
    }
    // An order of an earlier tick, or of an earlier process, that is only now known to have been filled.
    return changes > 0 && before !== null && held !== null && held !== before ? [settledNotice(this.teller, at, before, held)] : [];
  }

  private levels({ at, level, reason, message, findings }: TickReport): Notice[] {
    const before = this.level;
    if (level === before) return [];
    this.level = level;
    if (level === 'ACTIVE') return [resumedNotice(this.teller, at, before)];
    return [haltNotice(this.teller, at, level, findings.find(({ stops }) => stops === 'halt') ?? { code: reason, message })];
  }

  private mismatches(report: TickReport): Notice[] {
    const { at, outcome, findings } = report;
    // A tick that could not look says nothing about what it would have seen.
    if (outcome === 'skipped') return [];
    const doubts: ToldFinding[] = findings.filter(({ code }) => DOUBTS.test(code));
    if (outcome === 'unknown' && doubts.length === 0) doubts.push({ code: report.reason, message: report.message ?? 'an order was sent, and nobody knows yet what became of it' });
    const before = this.doubts;
    this.doubts = new Set(doubts.map(({ code }) => code));
    if (doubts.length === 0) return before.size === 0 ? [] : [agreedNotice(this.teller, at)];
    return doubts.every(({ code }) => before.has(code)) ? [] : [mismatchNotice(this.teller, at, doubts)];
  }

  private errors({ at, outcome, reason, message }: TickReport): Notice[] {
    if (outcome === 'skipped') {
      this.skipped++;
      return this.skipped === this.burst ? [errorsNotice(this.teller, at, this.skipped, { code: reason, message })] : [];
    }
    const ticks = this.skipped;
    this.skipped = 0;
    return ticks >= this.burst ? [recoveredNotice(this.teller, at, ticks)] : [];
  }
}
