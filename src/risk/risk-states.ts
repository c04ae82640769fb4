import { isoTime } from '../domain/instant.js';
import type { ResumeRequest } from '../files/operator-files.js';
import type { BotEventEntity } from '../persistence/entities/bot-event.entity.js';
import type { RiskStateEntity } from '../persistence/entities/risk-state.entity.js';
import type { RiskChange, RiskLedger } from '../persistence/repositories/risk-facts.js';
import { advanceMarks, rebased, sameMarks, type Marks, type SeenResult } from './marks.js';
import { memoryOf, rowOf, type RiskBook, type RiskMemory } from './risk-memory.js';
import type { RiskLevel } from './risk-types.js';

const CRASH_LOOP_STARTS = 5;
const CRASH_LOOP_MS = 10 * 60_000;

type Details = Readonly<Record<string, unknown>>;
type Event = Pick<BotEventEntity, 'kind' | 'details'>;

/** Where the gate stands and what it remembers. Every change is durable when its promise resolves, and nothing is known here that is not in the ledger. */
export class RiskStates {
  /** The row that was looked at last, and what it says: reading it costs more than asking for it. */
  private seen: { readonly row: RiskStateEntity | null; readonly memory: RiskMemory } = { row: null, memory: memoryOf(null) };

  constructor(
    private readonly ledger: RiskLedger,
    private readonly book: RiskBook,
  ) {}

  async level(): Promise<RiskLevel> {
    return (await this.memory()).level;
  }

  async memory(): Promise<RiskMemory> {
    return this.read(await this.ledger.state(this.book));
  }

  /** Nothing is sent from now on. The first reason stays until `resume`: what follows from it must not hide it. */
  async halt(code: string, reason: string, nowMs: number, details: Details = {}): Promise<RiskMemory> {
    return this.change(nowMs, (memory) => (memory.level === 'HALTED' ? null : [{ ...memory, level: 'HALTED', code, reason, since: nowMs }, { kind: 'halt', details: { level: 'HALTED', code, reason, ...details } }]));
  }

  /** Exits only. Changes nothing where the bot is HALTED or REDUCING already. */
  async reduce(code: string, reason: string, nowMs: number, details: Details = {}): Promise<RiskMemory> {
    return this.change(nowMs, (memory) => (memory.level === 'ACTIVE' ? [{ ...memory, level: 'REDUCING', code, reason, since: nowMs }, { kind: 'halt', details: { level: 'REDUCING', code, reason, ...details } }] : null));
  }

  /** Ends a REDUCING that `reduce` began for this very reason, when what it was for is over. Limits go on counting. */
  async release(code: string, nowMs: number, why: string): Promise<RiskMemory> {
    return this.change(nowMs, (memory) =>
      memory.level === 'REDUCING' && memory.code === code ? [{ ...memory, level: 'ACTIVE', reason: why, since: nowMs }, { kind: 'resume', details: { level: 'ACTIVE', code, reason: why } }] : null,
    );
  }

  /**
   * A person wants to go on. Losses, losing streak, errors and starts count anew from here, or the same limit would halt again at once;
   * the number of orders does not.
   */
  async resume(nowMs: number, by: string, { exitsOnly = false, request = null }: { exitsOnly?: boolean; request?: string | null } = {}): Promise<RiskMemory> {
    const level: RiskLevel = exitsOnly ? 'REDUCING' : 'ACTIVE';
    return this.change(nowMs, (memory) => {
      const marks = Object.fromEntries(Object.entries(memory.marks).map(([quote, mark]) => [quote, rebased(mark)]));
      const code = exitsOnly ? 'RISK.OPERATOR' : null;
      const next: RiskMemory = { ...memory, level, code, reason: by, since: nowMs, errors: 0, forgivenAt: nowMs, uncleanStarts: [], request: request ?? memory.request, marks };
      return [next, { kind: 'resume', details: { level, by, from: memory.level, code: memory.code, reason: memory.reason } }];
    });
  }

  /** Acts on what an operator left for a running service, once. A request that answers another halt than this one is only written down. */
  async actOn({ id, answers, reason, exitsOnly }: ResumeRequest, nowMs: number): Promise<RiskMemory> {
    const memory = await this.memory();
    if (memory.request === id) return memory;
    if (memory.level === 'ACTIVE' || memory.since === answers) return this.resume(nowMs, reason, { exitsOnly, request: id });
    const ignored = 'A request to resume was made before the bot was halted for this reason: ask again';
    return this.change(nowMs, (now) => [{ ...now, request: id }, { kind: 'error', details: { code: now.code, reason: ignored } }]);
  }

  /** How the tick ended: errors in a row stop entries. */
  async noteTick(outcome: 'ok' | 'error', nowMs: number): Promise<RiskMemory> {
    return this.change(nowMs, (memory) => {
      const errors = outcome === 'ok' ? 0 : memory.errors + 1;
      return errors === memory.errors ? null : [{ ...memory, errors }, null];
    });
  }

  /** Keeps the highest result and the beginning of the day. @returns the marks after it */
  async noteResult(quote: string, seen: SeenResult): Promise<Marks> {
    const memory = await this.change(seen.nowMs, (before) => {
      const known = before.marks[quote] ?? null;
      const marks = advanceMarks(known, seen);
      return known !== null && sameMarks(known, marks) ? null : [{ ...before, marks: { ...before.marks, [quote]: marks } }, null];
    });
    return memory.marks[quote];
  }

  /** A process begins to trade. Five beginnings within ten minutes after ends that were none halt the bot. */
  async noteStart(nowMs: number): Promise<RiskMemory> {
    return this.change(nowMs, (memory) => {
      // A clock that was set back leaves starts in the future: they count.
      const recent = memory.uncleanStarts.filter((at) => at > nowMs - CRASH_LOOP_MS);
      const starts = memory.running ? [...recent, nowMs] : recent;
      const next: RiskMemory = { ...memory, running: true, uncleanStarts: starts.slice(-CRASH_LOOP_STARTS) };
      if (starts.length < CRASH_LOOP_STARTS || memory.level === 'HALTED') return [next, null];
      const code = 'RISK.CRASH_LOOP';
      const reason = `${starts.length} starts within 10 minutes after ends that were none`;
      return [{ ...next, level: 'HALTED', code, reason, since: nowMs }, { kind: 'halt', details: { level: 'HALTED', code, reason, starts: starts.map(isoTime) } }];
    });
  }

  /** The process ends in order. */
  async noteCleanStop(nowMs: number): Promise<RiskMemory> {
    return this.change(nowMs, (memory) => (memory.running ? [{ ...memory, running: false }, null] : null));
  }

  private async change(nowMs: number, step: (memory: RiskMemory) => readonly [RiskMemory, Event | null] | null): Promise<RiskMemory> {
    const row = await this.ledger.change(this.book, (state: RiskStateEntity | null): RiskChange | null => {
      const next = step(this.read(state));
      if (next === null) return null;
      const [memory, event] = next;
      return { state: rowOf(this.book, memory, nowMs), event: event === null ? null : { ...this.book, ...event, at: nowMs, configHash: null } };
    });
    return this.read(row);
  }

  private read(row: RiskStateEntity | null): RiskMemory {
    if (row !== this.seen.row) this.seen = { row, memory: memoryOf(row) };
    return this.seen.memory;
  }
}
