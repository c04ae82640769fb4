import type { Prng } from '../base/prng.js';
import { checkEffectType } from './effect-types.js';
import type { FaultRule, Phase } from './rule.js';

/** What a rule is matched against. */
export interface FaultTarget {
  method: string;
  path: string;
  values: ReadonlyMap<string, string>;
}

interface Installed {
  rule: FaultRule & { id: string };
  path: RegExp | null;
  fromMs: number;
  toMs: number;
  matches: number;
  hits: number;
}

export interface FaultHits {
  id: string;
  matches: number;
  hits: number;
}

export interface Struck {
  rule: FaultRule & { id: string };
  phase: Phase;
}

/** The installed rules, in order; at most one strikes a request. */
export class FaultBook {
  private installed: Installed[] = [];
  private numbered = 0;

  /**
   * @param absoluteMs turns a rule's times into epoch ms
   * @param draws for rules with a probability
   */
  constructor(
    private readonly absoluteMs: (ms: number) => number,
    private readonly draws: Prng,
  ) {}

  /** Appends rules; those without an id are numbered. */
  add(rules: readonly FaultRule[]): string[] {
    const added = rules.map((rule): Installed => {
      checkEffectType(rule.effect.type);
      this.numbered++;
      return {
        rule: { ...rule, id: rule.id ?? `rule-${this.numbered}` },
        path: rule.match?.path === undefined ? null : new RegExp(rule.match.path),
        fromMs: rule.when?.fromMs === undefined ? -Infinity : this.absoluteMs(rule.when.fromMs),
        toMs: rule.when?.toMs === undefined ? Infinity : this.absoluteMs(rule.when.toMs),
        matches: 0,
        hits: 0,
      };
    });
    this.installed.push(...added);
    return added.map(({ rule }) => rule.id);
  }

  clear(): void {
    this.installed = [];
  }

  hits(): FaultHits[] {
    return this.installed.map(({ rule, matches, hits }) => ({ id: rule.id, matches, hits }));
  }

  /** The rule that strikes this request, or null. Every rule that matches counts the match. */
  pick(target: FaultTarget, nowMs: number): Struck | null {
    let struck: Installed | null = null;
    for (const installed of this.installed) {
      if (!matches(installed, target)) continue;
      installed.matches++;
      if (struck === null && this.isDue(installed, nowMs)) struck = installed;
    }
    if (struck === null) return null;
    struck.hits++;
    return { rule: struck.rule, phase: struck.rule.phase ?? 'after' };
  }

  private isDue({ rule, matches, hits, fromMs, toMs }: Installed, nowMs: number): boolean {
    const { nth, every = 1, prob } = rule.when ?? {};
    const times = rule.times ?? (isOnce(rule) ? 1 : -1);
    if (times >= 0 && hits >= times) return false;
    if (nth !== undefined && !nth.includes(matches)) return false;
    if (every > 1 && matches % every !== 0) return false;
    if (nowMs < fromMs || nowMs >= toMs) return false;
    return prob === undefined || this.draws.chance(prob);
  }
}

function isOnce({ effect }: FaultRule): boolean {
  return effect.type === 'klines' && effect.op === 'emptyOnce';
}

function matches({ rule, path }: Installed, target: FaultTarget): boolean {
  const { method, params = {} } = rule.match ?? {};
  if (method !== undefined && method !== target.method) return false;
  if (path !== null && !path.test(target.path)) return false;
  return Object.entries(params).every(([name, value]) => target.values.get(name) === value);
}
