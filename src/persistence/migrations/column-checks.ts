/**
 * Conditions on columns, as SQL. Migrations are history: what a function here returns must never change; a new form is a new
 * function.
 */

/** An amount of at least zero in the ledger's one form (see domain/decimal.ts): digits, no leading or trailing zeros. */
export function amount(column: string): string {
  return `CHECK (${canonical(`"${column}"`)})`;
}

export function amountOrNull(column: string): string {
  return `CHECK ("${column}" IS NULL OR (${canonical(`"${column}"`)}))`;
}

/** An amount that may be below zero. */
export function signedAmount(column: string): string {
  const text = `ltrim("${column}", '-')`;
  return `CHECK ("${column}" NOT GLOB '?*-*' AND "${column}" <> '-0' AND (${canonical(text)}))`;
}

export function oneOf(column: string, values: readonly string[]): string {
  return `CHECK ("${column}" IN (${values.map((value) => `'${value}'`).join(', ')}))`;
}

/** Milliseconds since 1970, within what a date can hold. */
export function instant(column: string): string {
  return `CHECK ("${column}" BETWEEN 0 AND 8640000000000000)`;
}

export function filled(column: string): string {
  return `CHECK (length("${column}") BETWEEN 1 AND 256)`;
}

export function json(column: string): string {
  return `CHECK (json_valid("${column}") AND json_type("${column}") = 'object')`;
}

function canonical(text: string): string {
  return [
    `length(${text}) BETWEEN 1 AND 128`,
    `${text} NOT GLOB '*[^0-9.]*'`,
    `${text} GLOB '[0-9]*'`,
    `${text} NOT GLOB '0[0-9]*'`,
    `${text} NOT GLOB '*.*.*'`,
    `${text} NOT GLOB '*.'`,
    `${text} NOT GLOB '*.*0'`,
  ].join(' AND ');
}
