/** The first place at which two columns are not the same number (NaN equals NaN, 0 does not equal -0); null when there is none. */
export function firstDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): Difference | null {
  if (actual.length !== expected.length) return { at: 'length', actual: actual.length, expected: expected.length };
  for (let i = 0; i < actual.length; i++) {
    if (!Object.is(actual[i], expected[i])) return { at: i, actual: actual[i], expected: expected[i] };
  }
  return null;
}

export interface Difference {
  readonly at: number | 'length';
  readonly actual: number;
  readonly expected: number;
}

/** Whether two numbers agree to a stated tolerance; `null` agrees with itself only. */
export function agrees(actual: number | null, expected: number | null, relative: number, absolute: number): boolean {
  if (actual === null || expected === null) return actual === expected;
  return Math.abs(actual - expected) <= absolute + relative * Math.abs(expected);
}

/** The first place at which a column leaves the tolerance; an expected `null` stands for NaN. */
export function firstDisagreement(
  actual: ArrayLike<number>,
  expected: readonly (number | null)[],
  relative: number,
  absolute: number,
): { readonly at: number; readonly actual: number; readonly expected: number | null } | null {
  for (let i = 0; i < Math.max(actual.length, expected.length); i++) {
    const value = Number.isNaN(actual[i]) ? null : actual[i];
    if (value === undefined || !agrees(value, expected[i], relative, absolute)) return { at: i, actual: actual[i], expected: expected[i] };
  }
  return null;
}
