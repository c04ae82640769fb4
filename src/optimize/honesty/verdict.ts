import type { Figures } from '../sweep/figures.js';
import type { LuckReport } from './luck-report.js';
import type { Plateau } from './plateau.js';

export type VerdictLevel = 'none' | 'luck' | 'doubtful' | 'promising';

/** What to make of a winner, in plain words, the gravest first. */
export interface Verdict {
  readonly level: VerdictLevel;
  readonly sentences: readonly string[];
}

export interface VerdictFacts {
  readonly luck: LuckReport | null;
  readonly plateau: Plateau;
  /** The objective of the winner in sample. */
  readonly value: number;
  readonly outOfSample: Figures | null;
}

const SIGNIFICANT = 0.05;

/** A winner is called promising only where nothing speaks against it: chance, the held-out time, the neighbourhood, or the splits. */
export function verdictOn({ luck, plateau, value, outOfSample }: VerdictFacts): Verdict {
  if (luck === null) return { level: 'doubtful', sentences: ['There are too few daily returns to tell skill from luck: test a longer time.'] };
  const against: string[] = [];
  const significant = luck.chanceOfLuck < SIGNIFICANT;
  const many = luck.trials + luck.earlierTrials;
  const chance = `A search of ${many} strategies without any edge would find one that looks this good ${timesIn(luck.chanceOfLuck)}`;
  if (!significant) against.push(`${chance}: this is what luck looks like.`);
  if (outOfSample !== null) against.push(...againstHoldout(outOfSample));
  if (plateau.median !== null && plateau.neighbours >= 3 && value > 0 && plateau.median < value / 2) against.push(`Its neighbours do much worse (median ${plateau.median.toFixed(2)} against ${value.toFixed(2)}): a needle, not a plateau.`);
  if (luck.pbo !== null && luck.pbo > 0.5) against.push(`In ${Math.round(luck.pbo * 100)} of 100 splits of the time the best of one half is below the middle in the other.`);
  if (against.length === 0) return { level: 'promising', sentences: [`${chance}${outOfSample === null ? '' : '; it also earned on time that the search did not see'}. Paper trading is the next test.`] };
  return { level: significant ? 'doubtful' : 'luck', sentences: significant ? [`${chance}, so it is more than luck in sample, but:`, ...against] : against };
}

function againstHoldout(figures: Figures): string[] {
  const sharpe = figures.sharpe_daily;
  if (figures.total_trades === 0) return ['It did not trade at all on the time held out, which shows nothing.'];
  if ((figures.total_return ?? 0) <= 0 || (sharpe !== null && sharpe <= 0)) return [`On the time held out it lost (${((figures.total_return ?? 0) * 100).toFixed(1)} %).`];
  return [];
}

/** `in 4 of 10 searches` */
export function timesIn(chance: number): string {
  if (chance >= 0.995) return 'nearly every time';
  if (chance >= 0.05) return `in ${Math.max(1, Math.round(chance * 10))} of 10 searches`;
  if (chance >= 0.0005) return `in ${Math.max(1, Math.round(chance * 1000))} of 1,000 searches`;
  return 'in fewer than 1 of 1,000 searches';
}
