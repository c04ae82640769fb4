/**
 * How a recursion is kept from remembering for ever. It starts afresh at every block border, from a seed that lies `lookback` bars
 * before the border. Borders are counted from the absolute bar number, so a row depends on the bars before it and never on where
 * the series begins: a live window and a whole history agree to the bit, even in a market that has stood still for a month (there a
 * recursion that was merely long ago started elsewhere gets stuck an ulp away, and stays there).
 */
export interface Restarts {
  /** Bars before a border from which the block is prepared. */
  readonly lookback: number;
  /** Bars from border to border. */
  readonly block: number;
}

/** Bars before a row that its value can depend on. */
export function restartMemory({ lookback, block }: Restarts): number {
  return lookback + block;
}

/**
 * For averages whose past fades as exp(-bars / timeConstant): (n + 1) / 2 for an EMA, n for Wilder. After 32 time constants less than
 * 1e-13 of a seed is left, which is below the last digit of a price; preparing and block together take 46 of them.
 */
export function fadingRestarts(timeConstant: number): Restarts {
  return { lookback: Math.ceil(32 * timeConstant), block: Math.ceil(14 * timeConstant) };
}

/**
 * Calls `run(from, start, end)` once per block, in order: the recursion is to begin on row `from` and its values are wanted for the
 * rows [start, end).
 *
 * @param first first defined row: nothing before it is looked at
 * @param firstBar absolute number of the bar in row 0, see `barNumber`
 */
export function inBlocks(first: number, length: number, firstBar: number, restarts: Restarts, run: (from: number, start: number, end: number) => void): void {
  const { lookback, block } = restarts;
  let start = first;
  while (start < length) {
    const end = Math.min(length, start + block - ((firstBar + start) % block));
    run(Math.max(first, start - lookback), start, end);
    start = end;
  }
}
