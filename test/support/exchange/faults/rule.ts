import type { Effect } from './effect.js';

export type Phase = 'before' | 'after';

/** A fault and when it strikes. */
export interface FaultRule {
  id?: string;
  /** All given parts must hold. */
  match?: {
    method?: string;
    /** A regular expression on the path. */
    path?: string;
    /** Decoded parameters that must have exactly these values. */
    params?: Record<string, string>;
  };
  /** All given parts must hold. Times below 1e11 count from the start of the run. */
  when?: {
    /** Which matches, counted from 1. */
    nth?: number[];
    /** Every so many matches; 0 and 1 mean each. */
    every?: number;
    fromMs?: number;
    /** Exclusive. */
    toMs?: number;
    prob?: number;
  };
  /** How often it strikes at most; -1 or absent: without limit. */
  times?: number;
  /** `before`: the engine never sees the request. `after` (default): it is carried out, then the reply is spoiled. */
  phase?: Phase;
  effect: Effect;
}
