/** A half-open range of bars. */
export type BarRange = readonly [from: number, to: number];

/** One fold is tested, the others are trained on, as far as their information does not touch it. */
export interface PurgedFold {
  readonly test: BarRange;
  readonly train: readonly BarRange[];
}

/**
 * Cross-validation with a distance between training and test (Lopez de Prado 2018, chapter 7).
 *
 * @param purge bars on both sides of the test fold that training leaves out
 * @param embargo bars after the test fold that it leaves out besides: the test's own information lingers there
 */
export function purgedFolds(length: number, folds: number, purge: number, embargo: number): PurgedFold[] {
  return Array.from({ length: folds }, (_, i) => {
    const [from, to] = [Math.floor((i * length) / folds), Math.floor(((i + 1) * length) / folds)];
    const train: BarRange[] = [
      [0, from - purge],
      [to + purge + embargo, length],
    ];
    return { test: [from, to], train: train.filter(([first, last]) => last > first) };
  });
}
