import { Prng } from '../base/prng.js';
import type { SymbolConfig } from '../config/symbol-fixtures.js';
import { PROFILE_CLASSES, type Draw } from './profile-classes.js';

export type ProfileName = 'calm' | 'rough' | 'storm';

export const PROFILE_NAMES: readonly ProfileName[] = ['calm', 'rough', 'storm'];

/** One fault of a schedule, and the tick (from 0) it begins in. */
export interface ScheduledFault extends Draw {
  tick: number;
  /** Number of its class, 1 to 28. */
  fault: number;
}

/** In this last part of a run no new fault begins, so that a test can see the client recover. */
const QUIET_SHARE = 0.1;

/**
 * Draws the faults of a whole run: per tick one draw for each class, in order, and on a hit the class's own draws.
 *
 * @param ticks length of the run
 */
export function schedule(name: ProfileName, seed: number, ticks: number, symbol: SymbolConfig): ScheduledFault[] {
  const draws = new Prng(seed);
  const column = PROFILE_NAMES.indexOf(name);
  if (column < 0) throw new Error(`profile: expected one of ${PROFILE_NAMES.join(', ')}; was ${name}`);
  const faults: ScheduledFault[] = [];
  const lastStart = Math.ceil(ticks * (1 - QUIET_SHARE));
  for (let tick = 0; tick < lastStart; tick++) {
    PROFILE_CLASSES.forEach(({ chances, draw }, i) => {
      if (draws.chance(chances[column])) faults.push({ tick, fault: i + 1, ...draw(draws, symbol) });
    });
  }
  return faults;
}
