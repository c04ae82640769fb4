import { applyEffect } from '../faults/apply-effect.js';
import type { StateEffect } from '../faults/effect.js';
import type { FaultBook } from '../faults/fault-book.js';
import { schedule, type ProfileName, type ScheduledFault } from '../faults/profile.js';
import type { TradingEngine } from '../trading/trading-engine.js';
import type { Venue } from '../venue.js';

export interface ProfileRequest {
  name: ProfileName;
  seed: number;
  /** Length of the run. */
  ticks: number;
  /** Length of a tick; default: a step of the market's feed. */
  tickMs?: number;
  /** The market traded; default: the first. */
  symbol?: string;
}

/**
 * Draws a run's faults and plans those of the exchange, the first tick beginning now.
 *
 * @returns the whole schedule, with the faults that the client's harness must carry out
 */
export function installProfile(venue: Venue, engine: TradingEngine, faults: FaultBook, request: ProfileRequest): ScheduledFault[] {
  const { symbols, feed } = venue.settings;
  const symbol = symbols.find((known) => known.symbol === (request.symbol ?? symbols[0].symbol));
  if (symbol === undefined) throw new Error(`symbol: expected a configured one; was ${request.symbol}`);
  const tickMs = request.tickMs ?? feed[symbol.symbol].stepMs;
  const planned = schedule(request.name, request.seed, request.ticks, symbol);
  const startMs = venue.now;
  planned.forEach(({ tick, ticks, fault, rule, effect, isRepeated }, i) => {
    const fromMs = startMs + tick * tickMs;
    const id = `${request.name}-${request.seed}-${i + 1}-class-${fault}`;
    if (rule !== undefined) faults.add([{ ...rule, id, when: { fromMs, toMs: fromMs + ticks * tickMs } }]);
    if (effect === undefined) return;
    const again = isRepeated === true ? ticks : 1;
    for (let k = 0; k < again; k++) {
      venue.timeline.at(fromMs + k * tickMs, () => {
        venue.journal.add('fault', { rule: id, phase: 'before', effect: effect.type, n0: 0 });
        applyEffect(venue, engine, lasting(venue, effect, ticks * tickMs), symbol.symbol);
      });
    }
  });
  return planned;
}

/** The effect with what the schedule could not know: when it ends, or how much weight there is to use up. */
function lasting(venue: Venue, effect: StateEffect, ms: number): StateEffect {
  switch (effect.type) {
    case 'weight':
      return { ...effect, used: venue.settings.limits.weightPerMin };
    case 'maintenance':
      return { ...effect, ms };
    case 'lag':
    case 'skew':
    case 'liquidity':
    case 'symbol':
    case 'key':
      return { ...effect, forMs: ms };
    default:
      return effect;
  }
}
