import type { JournalOf } from '../base/journal.js';
import type { RawReply, RawRequest } from '../base/wire.js';
import { KLINES_PATH } from '../endpoints/klines.js';
import { applyEffect } from '../faults/apply-effect.js';
import type { ReplyEffect } from '../faults/effect.js';
import { isReplyEffect } from '../faults/effect-types.js';
import type { FaultBook, Struck } from '../faults/fault-book.js';
import { damageLookup } from '../faults/kline-damage.js';
import { spoil } from '../faults/spoil.js';
import type { TradingEngine } from '../trading/trading-engine.js';
import type { Venue } from '../venue.js';
import type { Answerer } from './answer.js';
import { Call } from './call.js';

/** Effects that need a real reply to spoil; on a GET they get one even in phase `before`, for a GET changes nothing. */
const NEED_REPLY: readonly string[] = ['stall', 'drip', 'truncate', 'mutate', 'klines'];

/** Effects on the state that only matter to the very request they strike. */
const ALWAYS_BEFORE: readonly string[] = ['liquidity', 'slip'];

/** From raw request to raw reply: picks the fault that strikes, carries the request out, spoils the reply, keeps the journal. */
export class Pipeline {
  /** Requests whose reply was put off, with their journal entries. */
  private readonly deferred = new Map<RawRequest, JournalOf<'request'>>();

  constructor(
    private readonly venue: Venue,
    private readonly engine: TradingEngine,
    private readonly answerer: Answerer,
    private readonly faults: FaultBook,
  ) {}

  handle(raw: RawRequest): RawReply {
    const { venue } = this;
    venue.catchUp();
    if (venue.now < venue.refusedUntilMs) return refused(venue.refusedUntilMs - venue.now);
    const call = new Call(raw);
    const struck = this.faults.pick(call, venue.now);
    const entry = this.open(call, struck);
    return this.close(entry, struck === null ? this.answerer.answer(call, entry) : this.strike(call, entry, struck));
  }

  /**
   * Carries out a request whose reply was put off, faults apart: they have struck.
   *
   * @throws Error when that request is not waiting
   */
  resume(raw: RawRequest): RawReply {
    const entry = this.deferred.get(raw);
    if (entry === undefined) throw new Error('resume: expected a request whose reply was deferred');
    this.deferred.delete(raw);
    this.venue.catchUp();
    return this.close(entry, this.answerer.answer(new Call(raw), entry));
  }

  private strike(call: Call, entry: JournalOf<'request'>, { rule, phase }: Struck): RawReply {
    const { effect } = rule;
    if (isReplyEffect(effect)) {
      const needsReply = call.method === 'GET' && NEED_REPLY.includes(effect.type);
      return phase === 'after' || needsReply ? this.spoilAfter(call, entry, effect) : this.spoilBefore(call, entry, effect);
    }
    switch (effect.type) {
      case 'delayExec':
        return this.delay(call, entry, effect.ms);
      case 'dupExec': {
        const reply = this.answerer.answer(call, entry);
        if (entry.executed) this.answerer.runLate(call, entry);
        return reply;
      }
      default: {
        const isBefore = phase === 'before' || ALWAYS_BEFORE.includes(effect.type);
        const apply = (): void => applyEffect(this.venue, this.engine, effect, call.values.get('symbol'));
        if (isBefore) apply();
        const reply = this.answerer.answer(call, entry);
        if (!isBefore) apply();
        if (effect.type === 'slip') this.venue.slips.clear(); // the order it was meant for may have been refused
        return reply;
      }
    }
  }

  private spoilAfter(call: Call, entry: JournalOf<'request'>, effect: ReplyEffect): RawReply {
    const { venue } = this;
    const askedMs = venue.now;
    let isDone = false;
    const reply = this.answerer.answer(call, entry, (values) => {
      if (effect.type !== 'klines') return;
      isDone = damageLookup(values, effect, askedMs, venue.listed.map(({ symbol }) => symbol));
    });
    if (isDone || (effect.type === 'klines' && call.path !== KLINES_PATH)) return reply;
    return this.spoil(reply, effect, askedMs);
  }

  private spoilBefore(call: Call, entry: JournalOf<'request'>, effect: ReplyEffect): RawReply {
    const { venue } = this;
    if (effect.type !== 'latency') {
      return this.spoil({ status: 200, headers: {}, body: '{}', wire: {} }, effect, venue.now);
    }
    const refusal = this.answerer.refuse(call, entry);
    if (refusal !== null) return this.spoil(refusal, effect, venue.now);
    if (venue.clock.mode === 'anchored') {
      this.deferred.set(call.raw, entry);
      return { status: 200, headers: {}, body: '', wire: { delayMs: effect.ms, deferred: true } };
    }
    venue.advanceTo(venue.now + effect.ms);
    return spoil(this.answerer.answer(call, entry), effect, venue.now, venue.draws.faults);
  }

  private spoil(reply: RawReply, effect: ReplyEffect, nowMs: number): RawReply {
    const { venue } = this;
    if (effect.type === 'latency' && venue.clock.mode === 'virtual') venue.advanceTo(venue.now + effect.ms);
    if (effect.type === 'refuse') venue.refusedUntilMs = venue.now + effect.ms;
    return spoil(reply, effect, nowMs, venue.draws.faults);
  }

  private delay(call: Call, entry: JournalOf<'request'>, ms: number): RawReply {
    const refusal = this.answerer.refuse(call, entry);
    if (refusal !== null) return refusal;
    this.venue.timeline.at(this.venue.now + ms, () => this.answerer.runLate(call, entry));
    const unknown = { status: 200, headers: {}, body: '', wire: {} };
    return spoil(unknown, { type: 'error', code: -1007 }, this.venue.now, this.venue.draws.faults);
  }

  private open(call: Call, struck: Struck | null): JournalOf<'request'> {
    const entry = this.venue.journal.add('request', {
      method: call.method,
      path: call.path,
      params: call.unsigned(),
      signed: call.isSigned,
      keyOk: null,
      sigOk: null,
      status: 0,
      code: null,
      msg: null,
      rule: struck?.rule.id ?? null,
      phase: struck?.phase ?? null,
      executed: false,
      weight: this.venue.limits.used(call.raw.ip, this.venue.now),
    });
    if (struck !== null) {
      const { rule, phase } = struck;
      this.venue.journal.add('fault', { rule: rule.id, phase, effect: rule.effect.type, n0: entry.n });
    }
    return entry;
  }

  /** Notes what the client was told. */
  private close(entry: JournalOf<'request'>, reply: RawReply): RawReply {
    const { resetAtByte, close, refuseMs, deferred } = reply.wire;
    const isUnheard = resetAtByte === 0 || close === 'before' || refuseMs !== undefined || deferred === true;
    entry.status = isUnheard ? 0 : reply.status;
    if (isUnheard) {
      delete entry.retryAfter;
      return reply;
    }
    const [, code, msg] = /^\{"code":(-?\d+),"msg":(".*")\}$/.exec(reply.body) ?? [];
    if (code !== undefined) {
      entry.code = Number(code);
      entry.msg = JSON.parse(msg) as string;
    }
    return reply;
  }
}

function refused(ms: number): RawReply {
  return { status: 0, headers: {}, body: '', wire: { refuseMs: ms } };
}
