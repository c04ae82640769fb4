/**
 * A column of numbers as a page carries it: whole numbers of 10^-digits, each as its difference from the one before, which is a third of
 * the size; null where there is nothing to draw.
 */
export interface PackedColumn {
  readonly digits: number;
  readonly steps: readonly (number | null)[];
}

/** Beyond, a double no longer holds every whole number. */
const LARGEST = 2 ** 52;
const MOST_DIGITS = 12;

/** @param digits decimals wanted; fewer where the numbers are too large for them */
export function packed(values: ArrayLike<number>, digits: number): PackedColumn {
  const fitting = fittingDigits(values, digits);
  const scale = 10 ** fitting;
  const steps: (number | null)[] = [];
  let before = 0;
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) {
      steps.push(null);
      continue;
    }
    const units = Math.round(values[i] * scale);
    steps.push(units - before);
    before = units;
  }
  return { digits: fitting, steps };
}

/** What the page makes of it again; the page's own script does the same. */
export function unpacked({ digits, steps }: PackedColumn): (number | null)[] {
  const scale = 10 ** digits;
  let units = 0;
  return steps.map((step) => (step === null ? null : (units += step) / scale));
}

/** Decimals that show `figures` digits of the largest of the numbers, two at least. */
export function digitsFor(values: ArrayLike<number>, figures: number): number {
  const size = largest(values);
  return size === 0 ? 2 : Math.min(MOST_DIGITS, Math.max(2, figures - 1 - Math.floor(Math.log10(size))));
}

function fittingDigits(values: ArrayLike<number>, wanted: number): number {
  const size = largest(values);
  let digits = Math.min(MOST_DIGITS, wanted);
  while (size * 10 ** digits > LARGEST) digits--;
  return digits;
}

function largest(values: ArrayLike<number>): number {
  let size = 0;
  for (let i = 0; i < values.length; i++) if (Number.isFinite(values[i])) size = Math.max(size, Math.abs(values[i]));
  return size;
}
