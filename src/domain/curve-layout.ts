/**
 * Running totals of an equity curve and what makes it, cash and coins, in one array: doubles that pass from function to function
 * are boxed one by one, and a loop over a stretch can hold array values in registers.
 *
 * Return i leads from point i to point i + 1. The sums of the returns of even and of odd i are kept apart, the even one first,
 * because compiled code adds two neighbours at a time; so every way of making the curve rounds alike.
 */
export type CurveTotals = Float64Array;

/** Two each: even, odd. */
export const SUM = 0;
export const SQUARES = 2;
/** Four times the sum of squares of the negative returns. */
export const SHORTFALLS = 4;
export const PEAK = 6;
export const PEAK_AT = 7;
/** Smallest point / peak so far. */
export const LOWEST = 8;
/** Points of the deepest fall, the first of equal ones; -1 when there is none. */
export const DEEPEST_PEAK = 9;
export const TROUGH = 10;
/** Quote currency and coins held now. */
export const CASH = 11;
export const COINS = 12;
export const TOTALS_LENGTH = 13;
