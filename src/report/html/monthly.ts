/** What a curve returned in one month of the calendar. */
export interface MonthReturn {
  readonly year: number;
  /** 0 to 11. */
  readonly month: number;
  readonly value: number;
  /** Not the whole month was tested. */
  readonly partial: boolean;
}

/**
 * Returns by calendar months, UTC. A bar belongs to the month of its open, so the product of all months is the whole return.
 *
 * @param curve the value before the first bar, then one at the close of each
 */
export function monthlyReturns(curve: Float64Array, firstMs: number, barMs: number): MonthReturn[] {
  const months: MonthReturn[] = [];
  const bars = curve.length - 1;
  for (let bar = 0; bar < bars; ) {
    const openMs = firstMs + bar * barMs;
    const date = new Date(openMs);
    const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
    const endMs = Date.UTC(year, month + 1, 1);
    const next = Math.min(bars, Math.max(bar + 1, Math.ceil((endMs - firstMs) / barMs)));
    const partial = openMs - barMs >= Date.UTC(year, month, 1) || firstMs + next * barMs < endMs;
    months.push({ year, month, value: curve[bar] > 0 ? curve[next] / curve[bar] - 1 : 0, partial });
    bar = next;
  }
  return months;
}

/** Years with their months in order, and what each year returned. */
export function byYear(months: readonly MonthReturn[]): { readonly year: number; readonly months: readonly (MonthReturn | null)[]; readonly total: number }[] {
  const years = [...new Set(months.map(({ year }) => year))];
  return years.map((year) => {
    const own = months.filter((month) => month.year === year);
    return {
      year,
      months: Array.from({ length: 12 }, (_, month) => own.find((known) => known.month === month) ?? null),
      total: own.reduce((product, { value }) => product * (1 + value), 1) - 1,
    };
  });
}
