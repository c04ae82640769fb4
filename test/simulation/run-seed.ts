import { createHash } from 'node:crypto';

import { TradingBotError } from '../../src/domain/errors.js';
import type { ProfileName } from '../support/exchange/faults/profile.js';
import { bookViolations, secretViolations } from './checks/books.js';
import { honestyViolations, JournalChecks } from './checks/journal.js';
import { candleViolations, exportedLedger, ledgerViolations, oracleViolations } from './checks/oracle.js';
import type { Violation } from './checks/violation.js';
import { BOT_ID, STRATEGY_BARS, type Layer, type RunningBot, type TickSummary } from './layer.js';
import { SimulatedWorld } from './world/simulated-world.js';
import type { Ledger } from '../../src/persistence/open-ledger.js';

export interface SeedOptions {
  readonly layer: Layer;
  readonly seed: number;
  readonly profile: ProfileName;
  readonly ticks: number;
  /** Look at the whole journal after so many ticks; 1 finds the very tick. */
  readonly checkEvery?: number;
  /** Told of every tick; for replays. */
  readonly narrate?: (line: string) => void;
}

export interface SeedReport {
  readonly seed: number;
  readonly ticks: number;
  readonly orders: number;
  readonly fills: number;
  /** Orders whose outcome was ever unknown. */
  readonly unknown: number;
  readonly crashes: number;
  readonly halts: number;
  readonly refusedCommits: number;
  readonly violations: readonly (Violation & { readonly tick: number })[];
  /** Of the exchange's journal, and of everything in the ledger. */
  readonly hash: string;
  /** Newest requests, orders and fills; empty when nothing was broken. */
  readonly lastEntries: readonly string[];
}

/** Ticks that a halted bot is left alone before a person acts. */
const PATIENCE_TICKS = 3;
/** Further looks within one tick, at most. */
const MOST_LOOKS = 3;
/** I18: so many ticks after the last fault everything is normal. */
const RECOVERY_TICKS = 3;
/** Ticks of quiet after the last fault, at least. */
const TAIL_TICKS = 12;
const ENTRIES_SHOWN = 40;
/** A run of so many ticks in which nothing is traded tests nothing. */
const TICKS_WITH_TRADES = 100;

/** One life of the bot from a seed: every tick, every fault, every check. */
export async function runSeed(options: SeedOptions): Promise<SeedReport> {
  const world = new SimulatedWorld(options.seed, options.profile, options.ticks);
  try {
    return await new SeedRun(world, options).run();
  } finally {
    await world.end();
  }
}

class SeedRun {
  private readonly violations: (Violation & { tick: number })[] = [];
  private readonly journal: JournalChecks;
  private readonly said: string[] = [];
  private bot: RunningBot | null = null;
  private ledger: Ledger | null = null;
  private tick = 0;
  private crashes = 0;
  private halts = 0;
  private troubledTicks = 0;
  private normalSince = 0;
  private operatorActedAt = -Infinity;

  constructor(
    private readonly world: SimulatedWorld,
    private readonly options: SeedOptions,
  ) {
    this.journal = new JournalChecks(world.exchange);
  }

  async run(): Promise<SeedReport> {
    const { world, options } = this;
    const last = Math.max(options.ticks, world.quietFrom + TAIL_TICKS);
    for (; this.tick < last && this.violations.length === 0; this.tick++) {
      if (!world.begin(this.tick)) continue;
      await this.lookUntilClear();
      if (this.tick % (options.checkEvery ?? 25) === 0) await this.checkAll();
    }
    if (this.violations.length === 0) await this.finish();
    return this.report();
  }

  /** A tick, and the further looks that it asked for, as the service takes them. */
  private async lookUntilClear(): Promise<void> {
    let summary = await this.step();
    for (let looks = 0; looks < MOST_LOOKS && summary !== null && summary.lookAgainMs !== null; looks++) {
      if (!this.world.wait(this.tick, summary.lookAgainMs)) return;
      summary = await this.step();
    }
  }

  private async step(): Promise<TickSummary | null> {
    const summary = await this.live();
    this.blame(this.journal.next());
    this.blame(this.world.wire.problems.splice(0).map((problem) => ({ invariant: 'I07 intent before order', problems: [problem] })));
    this.say(`tick ${this.tick}: ${summary === null ? 'the process ended' : summary.isNormal ? 'normal' : summary.why}`);
    if (summary !== null) await this.lookAfter(summary);
    this.checkLiveness(summary);
    return summary;
  }

  /** One tick of the process, which is started first when there is none. @returns null when it did not survive */
  private async live(): Promise<TickSummary | null> {
    const { mortality, storage } = this.world;
    try {
      const summary = await mortality.survive(this.startedTick());
      mortality.endTick();
      if (summary !== null && !mortality.dead) return summary;
      this.say(`died after ${mortality.passed.slice(-3).join(', ')}`);
      this.crashes++;
    } catch (error) {
      this.noteError(error);
    }
    this.bot = null;
    this.ledger = null;
    mortality.disarm();
    await storage.abandon();
    mortality.beBorn();
    return null;
  }

  private async startedTick(): Promise<TickSummary> {
    if (this.bot === null) {
      this.ledger = await this.world.storage.openLedger(BOT_ID, this.world.nowMs);
      this.bot = await this.options.layer.start(this.world, this.ledger);
    }
    return this.bot.tick();
  }

  /** A fault that the bot knows ends the process, as the service would; any other is a bug. */
  private noteError(error: unknown): void {
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    this.say(`ended by ${text}`);
    if (!(error instanceof TradingBotError)) this.blame([{ invariant: 'no unexpected error', problems: [error instanceof Error ? (error.stack ?? text) : text] }]);
  }

  /** The person in charge: sees a bot that has stopped, waits a while, looks, and lets it go on. */
  private async lookAfter(summary: TickSummary): Promise<void> {
    const isStopped = summary.level === 'HALTED' || summary.findings.some(({ code }) => code === 'RECONCILE.MISMATCH');
    if (!isStopped) {
      this.troubledTicks = 0;
      return;
    }
    if (this.troubledTicks++ === 0) this.halts++;
    if (summary.level === 'HALTED') this.journal.expectSilence(summary.why);
    if (this.troubledTicks <= PATIENCE_TICKS || this.bot === null) return;
    try {
      const adjusted = await this.world.mortality.survive(this.bot.operate());
      if (adjusted === null) return;
      this.world.exchange.control({ command: 'operator' });
      this.journal.endSilence();
      this.journal.adjust(adjusted);
      this.say(`the operator acted; coins ${adjusted}`);
      this.operatorActedAt = this.tick;
      this.troubledTicks = 0;
    } catch (error) {
      this.noteError(error);
    }
  }

  private checkLiveness(summary: TickSummary | null): void {
    if (summary?.isNormal === true) {
      this.normalSince = this.tick;
      return;
    }
    const calmSince = Math.max(this.world.quietFrom, this.operatorActedAt, this.normalSince);
    const isExcused = this.troubledTicks > 0;
    // Candles that never were stay missing for as long as the strategy looks back to them.
    const patience = RECOVERY_TICKS + (summary !== null && isOnlyAboutCandles(summary) ? STRATEGY_BARS : 0);
    if (this.tick > this.world.quietFrom && !isExcused && this.tick - calmSince > patience) {
      this.blame([{ invariant: 'I18 normal again within 3 ticks', problems: [`faults ended at tick ${this.world.quietFrom}; still: ${summary?.why ?? 'the process ends'}`] }]);
    }
  }

  private async checkAll(): Promise<void> {
    if (this.ledger === null) return;
    const { database } = this.ledger;
    this.blame(await oracleViolations(this.world, database));
    this.blame(honestyViolations(this.world.exchange, await exportedLedger(database)));
  }

  /** Everything that must hold once all is quiet. */
  private async finish(): Promise<void> {
    const { world, options } = this;
    if (this.bot === null || this.ledger === null) {
      this.blame([{ invariant: 'I18 normal again within 3 ticks', problems: ['no process was running at the end'] }]);
      return;
    }
    const { database } = this.ledger;
    await this.checkAll();
    await this.bot.reconcile();
    const before = world.storage.dump();
    const changes = await this.bot.reconcile();
    if (changes > 0 || world.storage.dump() !== before) this.blame([{ invariant: 'I10 reconciling twice is reconciling once', problems: [`the second pass made ${changes} changes, or wrote something`] }]);
    this.blame(await ledgerViolations(world, database));
    this.blame(await bookViolations(world.exchange, database));
    if (options.layer.decidesOnCandles) this.blame(await candleViolations(world, database, STRATEGY_BARS));
    if (options.ticks >= TICKS_WITH_TRADES && this.journal.fills === 0) this.blame([{ invariant: 'orders are executed at all', problems: [`${this.journal.orders} orders in ${options.ticks} ticks, and no execution`] }]);
    this.blame(secretViolations(world.storage.folder, this.said));
  }

  private blame(found: readonly Violation[]): void {
    for (const violation of found) {
      this.violations.push({ ...violation, tick: this.tick });
      this.say(`VIOLATION ${violation.invariant}: ${violation.problems.join('; ')}`);
    }
  }

  private say(line: string): void {
    this.said.push(line);
    this.options.narrate?.(line);
  }

  private async report(): Promise<SeedReport> {
    const { world, options, journal } = this;
    const { journal: entries } = world.exchange;
    return {
      seed: options.seed,
      ticks: this.tick,
      orders: journal.orders,
      fills: journal.fills,
      unknown: world.storage.ordersEverUnknown(),
      crashes: this.crashes,
      halts: this.halts,
      refusedCommits: world.storage.refused,
      violations: this.violations,
      hash: createHash('sha256').update(JSON.stringify(entries)).update(world.storage.dump()).digest('hex'),
      lastEntries: this.violations.length === 0 ? [] : entries.filter(({ type }) => type !== 'step' && type !== 'balance').slice(-ENTRIES_SHOWN).map((entry) => JSON.stringify(entry)),
    };
  }
}

function isOnlyAboutCandles({ level, findings }: TickSummary): boolean {
  const against = findings.filter(({ stops }) => stops !== 'nothing');
  return level === 'ACTIVE' && against.length > 0 && against.every(({ code }) => code.startsWith('DATA.'));
}
