const isUndefined = Number.isNaN;

/** What makes a strategy want in and out, row by row. */
export interface Conditions {
  /** Columns the conditions are made of: on a row where one of them is undefined nothing is known, and nothing is said. */
  readonly given: readonly Float64Array[];
  enter(row: number): boolean;
  leave(row: number): boolean;
}

/** Bars before a row, besides the memory of what is `given`, that its signal depends on: a condition becomes true against the bar before. */
export const CONDITION_MEMORY = 1;

/**
 * 1 on the row where `enter` becomes true, -1 where `leave` becomes true, 0 elsewhere: a condition that stays true is said once. Where
 * both become true at once, leaving wins.
 *
 * @returns one per row; 0 on the first row where everything is known: what was true before it is not
 */
export function signalsWhen({ given, enter, leave }: Conditions, length: number): Int8Array {
  const signals = new Int8Array(length);
  let knownBefore = false;
  let [entered, left] = [false, false];
  for (let row = 0; row < length; row++) {
    let known = true;
    for (let k = 0; k < given.length; k++) known &&= !isUndefined(given[k][row]);
    const enters = known && enter(row);
    const leaves = known && leave(row);
    if (known && knownBefore) signals[row] = leaves && !left ? -1 : enters && !entered ? 1 : 0;
    knownBefore = known;
    entered = enters;
    left = leaves;
  }
  return signals;
}
