/** What is known of every trial, in the spelling of result files. `null` where a figure is undefined. */
export const FIGURES = [
  'total_return',
  'cagr',
  'sharpe_daily',
  'sharpe',
  'sortino',
  'calmar',
  'psr',
  'max_drawdown',
  'profit_factor',
  'win_rate',
  'expectancy',
  'sqn',
  'closed_trades',
  'total_trades',
  'exposure',
  'turnover',
] as const;

export type FigureName = (typeof FIGURES)[number];
export type Figures = Readonly<Record<FigureName, number | null>>;

/** As doubles, to be handed from thread to thread; NaN is undefined. */
export function packFigures(figures: Figures): Float64Array {
  return Float64Array.from(FIGURES, (name) => figures[name] ?? NaN);
}

export function unpackFigures(values: Float64Array): Figures {
  return Object.fromEntries(FIGURES.map((name, k) => [name, Number.isNaN(values[k]) ? null : values[k]])) as Record<FigureName, number | null>;
}
