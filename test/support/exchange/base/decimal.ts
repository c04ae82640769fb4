/** An amount, price or rate with 8 decimals as an integer: 1.0 is 100000000n. */
export type Units = bigint;

export const ONE: Units = 100_000_000n;

const DECIMALS = 8;
const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?$/;

/**
 * Reads a decimal. Numbers are taken by their shortest decimal form, so 0.1 is exactly 0.1.
 *
 * @throws RangeError when it is no plain decimal or has more than 8 significant decimals
 */
export function units(value: string | number): Units {
  const plain = typeof value === 'number' ? plainDecimal(value) : value;
  const match = DECIMAL.exec(plain);
  const decimals = match?.[3]?.replace(/0+$/, '') ?? '';
  if (match === null || decimals.length > DECIMALS) {
    throw new RangeError(`Expected a decimal with at most ${DECIMALS} decimals; was ${JSON.stringify(value)}`);
  }
  const magnitude = BigInt(match[2] + decimals.padEnd(DECIMALS, '0'));
  return match[1] === '-' ? -magnitude : magnitude;
}

/** The wire form: exactly 8 decimals, such as `0.00100000`. */
export function format(amount: Units): string {
  const digits = (amount < 0n ? -amount : amount).toString().padStart(DECIMALS + 1, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -DECIMALS)}.${digits.slice(-DECIMALS)}`;
}

/** a × b, the surplus decimals cut off. */
export function mulFloor(a: Units, b: Units): Units {
  return (a * b) / ONE;
}

/** a × b, rounded up; for amounts of 0 or more. */
export function mulCeil(a: Units, b: Units): Units {
  return (a * b + ONE - 1n) / ONE;
}

/** a ÷ b, the surplus decimals cut off. */
export function divFloor(a: Units, b: Units): Units {
  return (a * ONE) / b;
}

/** The largest multiple of `step` not above `value`; for values of 0 or more. */
export function floorTo(value: Units, step: Units): Units {
  return value - (value % step);
}

/** The nearest multiple of `tick`, half way up; for values of 0 or more. */
export function roundTo(value: Units, tick: Units): Units {
  return floorTo(value + tick / 2n, tick);
}

export function smaller(a: Units, b: Units): Units {
  return a < b ? a : b;
}

export function larger(a: Units, b: Units): Units {
  return a > b ? a : b;
}

function plainDecimal(value: number): string {
  const text = String(value);
  return text.includes('e') ? value.toFixed(DECIMALS) : text;
}
