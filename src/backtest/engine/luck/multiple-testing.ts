/** Adjusted p-values, in the order of the given ones: below 5 % they are significant although as many tests were made. */
export type Adjustment = (pValues: readonly number[]) => number[];

/** min(1, N p): safe whatever the tests have to do with each other, and strict. */
export const bonferroni: Adjustment = (pValues) => pValues.map((p) => Math.min(1, p * pValues.length));

/** 1 - (1 - p)^N: exact for independent tests. */
export const sidak: Adjustment = (pValues) => pValues.map((p) => sidakOf(p, pValues.length));

/** Step-down Bonferroni (Holm 1979): as safe, less strict. */
export const holm: Adjustment = (pValues) => {
  const count = pValues.length;
  let largest = 0;
  return adjustInOrder(pValues, ascending(pValues), (p, i) => (largest = Math.max(largest, Math.min(1, (count - i) * p))));
};

/** False discovery rate of independent or positively dependent tests (Benjamini and Hochberg 1995). */
export const benjaminiHochberg: Adjustment = (pValues) => stepUp(pValues, 1);

/** False discovery rate under any dependence (Benjamini and Yekutieli 2001). */
export const benjaminiYekutieli: Adjustment = (pValues) => stepUp(pValues, pValues.reduce((sum, _, i) => sum + 1 / (i + 1), 0));

/** Chance of a p-value as small in `count` independent tests. */
export function sidakOf(p: number, count: number): number {
  return -Math.expm1(count * Math.log1p(-p));
}

function stepUp(pValues: readonly number[], penalty: number): number[] {
  const count = pValues.length;
  let smallest = 1;
  return adjustInOrder(pValues, ascending(pValues).reverse(), (p, i) => (smallest = Math.min(smallest, (p * count * penalty) / (count - i))));
}

/** @param adjust from a p-value and its place in the order */
function adjustInOrder(pValues: readonly number[], order: readonly number[], adjust: (p: number, place: number) => number): number[] {
  const adjusted = Array<number>(pValues.length);
  for (const [place, index] of order.entries()) adjusted[index] = adjust(pValues[index], place);
  return adjusted;
}

function ascending(pValues: readonly number[]): number[] {
  return [...pValues.keys()].sort((a, b) => pValues[a] - pValues[b]);
}
