import { FakeBinance } from '../../support/exchange/fake-binance.js';
import { Prng } from '../../support/exchange/base/prng.js';
import { DEFAULT_NOW_MS } from '../../support/exchange/config/config.js';
import type { ProfileName, ScheduledFault } from '../../support/exchange/faults/profile.js';
import { VirtualClock } from '../../support/virtual-clock.js';
import { Mortality } from './mortality.js';
import { Storage } from './storage.js';
import { Wire } from './wire.js';

/** Length of a tick and of a candle. */
export const TICK_MS = 300_000;
/** So long after a candle's close the bot looks at it. */
const DELAY_MS = 5_000;
/** Most seams that a drawn death may be away. */
const DEATH_SPAN = 48;

/** Everything outside the bot: exchange, clock, disk, and the faults that a seed has in store for them. */
export class SimulatedWorld {
  readonly exchange: FakeBinance;
  readonly clock: VirtualClock;
  readonly mortality = new Mortality();
  readonly storage = new Storage(this.mortality);
  readonly wire: Wire;
  /** For decisions; the faults have a source of their own. */
  readonly draws: Prng;
  /** First tick at which nothing of the schedule is under way any more. */
  readonly quietFrom: number;
  private readonly harness: ReadonlyMap<number, readonly ScheduledFault[]>;
  private readonly startMs: number;
  /** What the machine's clock is off by until somebody sets it right at the next tick. */
  private jumpedMs = 0;

  constructor(
    readonly seed: number,
    readonly profile: ProfileName,
    readonly ticks: number,
  ) {
    const settings = Prng.named(seed, 'settings');
    this.exchange = new FakeBinance({
      seed,
      // On the grid of candles, with a history for warm-up behind it.
      now: DEFAULT_NOW_MS - (DEFAULT_NOW_MS % TICK_MS),
      symbols: ['BTCUSDT', 'BNBUSDT'],
      feed: { BTCUSDT: { volBps: settings.pick([5, 20, 60]), historyMs: 60 * TICK_MS } },
      // Half the accounts hold coins of their owner's, which the bot must never touch.
      balances: { USDT: '10000', BTC: settings.pick(['0', '0.5']), BNB: settings.pick(['0', '0.002', '5']) },
      bnbFee: settings.chance(0.4),
      book: { levels: settings.integer(1, 10), levelQty: settings.pick(['0.006', '0.5', '1000']) },
      makerFillRatio: settings.pick(['1', '0.3']),
      cancelReplacesClientOrderId: settings.chance(0.5),
    });
    this.clock = new VirtualClock(this.exchange);
    this.wire = new Wire(this.exchange, this.mortality, this.storage);
    this.draws = Prng.named(seed, 'decisions');
    this.startMs = this.exchange.now;
    const planned = this.exchange.control({ command: 'profile', name: profile, seed, ticks, tickMs: TICK_MS }) as ScheduledFault[];
    this.quietFrom = planned.reduce((last, { tick, ticks: length }) => Math.max(last, tick + length), 0);
    this.harness = byTick(planned.filter(({ harness }) => harness !== undefined));
  }

  /** The machine's time, as the bot is told it. */
  get nowMs(): number {
    return this.clock.now();
  }

  /** Moves on to the tick, and readies what is to happen to the process in it. @returns false when the tick was missed */
  begin(tick: number): boolean {
    const dueMs = this.startMs + tick * TICK_MS + DELAY_MS;
    if (this.exchange.now >= dueMs + TICK_MS) return false;
    if (this.exchange.now < dueMs) this.exchange.advance(dueMs - this.exchange.now);
    this.storage.calm();
    if (tick >= this.quietFrom) this.mortality.disarm();
    this.clock.jump(-this.jumpedMs);
    this.jumpedMs = 0;
    for (const { harness } of this.harness.get(tick) ?? []) {
      const { what, point = 0, ms = 0, error } = harness ?? { what: 'crash' };
      if (what === 'crash') this.mortality.arm((point >>> 1) % DEATH_SPAN, point % 2 === 0 ? 'tick' : 'order');
      if (what === 'clockJump') {
        this.clock.jump(ms);
        this.jumpedMs += ms;
      }
      if (what === 'storage') this.storage.failNext(error === 'SQLITE_BUSY' ? 'SQLITE_BUSY' : 'ENOSPC');
    }
    return true;
  }

  /** Lets time pass within a tick. @returns false when the next tick would be due before */
  wait(tick: number, ms: number): boolean {
    if (this.exchange.now + ms >= this.startMs + (tick + 1) * TICK_MS) return false;
    this.exchange.advance(Math.ceil(ms));
    return true;
  }

  async end(): Promise<void> {
    await this.storage.abandon();
    this.storage.remove();
  }
}

function byTick(faults: readonly ScheduledFault[]): Map<number, ScheduledFault[]> {
  const map = new Map<number, ScheduledFault[]>();
  for (const fault of faults) map.set(fault.tick, [...(map.get(fault.tick) ?? []), fault]);
  return map;
}
