import { ConfigError } from '../domain/errors.js';
import { didYouMean } from '../domain/nearest-name.js';
import { FIGURES, type FigureName, type Figures } from './sweep/figures.js';

/** Figures of which less is better. */
const LESS_IS_BETTER: ReadonlySet<FigureName> = new Set(['max_drawdown', 'turnover', 'exposure']);

/** What a trial has to keep to count at all. */
export interface Limits {
  /** Closed trades. */
  readonly minTrades: number;
  /** Share of the peak; null: any. */
  readonly maxDrawdown: number | null;
}

/** What is sought, and what must be kept. */
export interface Objective {
  readonly figure: FigureName;
  readonly limits: Limits;
}

export interface Judgement {
  /** Lower is better; Infinity where the figure is undefined. */
  readonly loss: number;
  /** By how much limits are broken, each as a share of itself; 0 when all are kept. */
  readonly violation: number;
}

/** @throws ConfigError */
export function parseFigure(text: string): FigureName {
  const figure = FIGURES.find((name) => name === text);
  if (figure !== undefined) return figure;
  throw new ConfigError([{ path: '--objective', message: `must be one of ${FIGURES.join(', ')}, was "${text}".${didYouMean(text, FIGURES)}` }], 'Cannot use these flags');
}

export function lessIsBetter(figure: FigureName): boolean {
  return LESS_IS_BETTER.has(figure);
}

export function judge(figures: Figures, { figure, limits }: Objective): Judgement {
  const value = figures[figure];
  const missing = Math.max(0, limits.minTrades - (figures.closed_trades ?? 0));
  const tooDeep = limits.maxDrawdown === null ? 0 : Math.max(0, (figures.max_drawdown ?? 0) - limits.maxDrawdown);
  const violation = (missing > 0 ? missing / limits.minTrades : 0) + (tooDeep > 0 ? tooDeep / Math.max(limits.maxDrawdown ?? 1, 1e-9) : 0);
  if (value === null) return { loss: Infinity, violation };
  return { loss: lessIsBetter(figure) ? value : -value, violation };
}

/** Why a trial does not count, in words; null when it does. */
export function refusal(figures: Figures, { figure, limits }: Objective): string | null {
  if ((figures.closed_trades ?? 0) < limits.minTrades) return `fewer than ${limits.minTrades} closed trades`;
  if (limits.maxDrawdown !== null && (figures.max_drawdown ?? 0) > limits.maxDrawdown) return `drawdown beyond ${limits.maxDrawdown}`;
  return figures[figure] === null ? `${figure} is undefined` : null;
}
