/** Half-open ranges of bars: train on [trainFrom, trainTo), test on [testFrom, testTo). */
export interface WalkForwardWindow {
  readonly trainFrom: number;
  readonly trainTo: number;
  readonly testFrom: number;
  readonly testTo: number;
}

export interface WalkForwardPlan {
  readonly train: number;
  readonly test: number;
  /** Bars from one test to the next; equal to `test` for a seamless curve, which is the only kind that may be stitched. */
  readonly step: number;
  /** Train on everything from bar 0 on instead of on the last `train` bars. */
  readonly anchored: boolean;
  /** Bars between training and test, whose information reaches into the test: the longest holding time plus one. */
  readonly purge: number;
  /** Keep a last test window that is shorter than the others. */
  readonly partial: boolean;
}

/** @param length bars in all */
export function walkForwardWindows(length: number, { train, test, step, anchored, purge, partial }: WalkForwardPlan): WalkForwardWindow[] {
  const windows: WalkForwardWindow[] = [];
  for (let testFrom = train + purge; testFrom < length; testFrom += step) {
    const whole = testFrom + test <= length;
    if (!whole && !partial) break;
    const trainTo = testFrom - purge;
    windows.push({ trainFrom: anchored ? 0 : trainTo - train, trainTo, testFrom, testTo: Math.min(testFrom + test, length) });
    if (!whole) break;
  }
  return windows;
}
