/**
 * What turns a Sharpe ratio per period into one over `periods` of them when returns depend on the ones before (Lo 2002). sqrt(periods)
 * where they do not.
 *
 * @param autocorrelations of lag 1, 2, …; those beyond are 0
 * @returns null when the autocorrelations leave no variance
 */
export function loFactor(periods: number, autocorrelations: ArrayLike<number>): number | null {
  let variance = periods;
  for (let k = 1; k < periods && k <= autocorrelations.length; k++) variance += 2 * (periods - k) * autocorrelations[k - 1];
  return variance > 0 ? periods / Math.sqrt(variance) : null;
}
