const SPIKE = 3;

/** Whether a candle leaves both its neighbours, which agree with each other, by more than a factor of three: no price does that. */
export function isSpike(closeBefore: number, high: number, low: number, openAfter: number): boolean {
  const agree = closeBefore < SPIKE * openAfter && openAfter < SPIKE * closeBefore;
  return agree && (high > SPIKE * Math.max(closeBefore, openAfter) || low * SPIKE < Math.min(closeBefore, openAfter));
}
