/** What stands where there is no number; also for what is not finite, which would only look like one. */
export const NOTHING = '—';

/** From here on digits are no longer read but counted: `1.25e12`. */
const LARGE = 1e12;
const MOST_DECIMALS = 10;

/** `12.4 %`; two decimals below 1 %, four below 0.01 %. For rates and sizes, which have no direction. */
export function percent(fraction: number | null): string {
  const value = fraction === null ? null : fraction * 100;
  if (!isNumber(value)) return NOTHING;
  const size = Math.abs(value);
  if (size >= 1e8) return `${scientific(value)} %`;
  if (size < 0.00005) return '0.0 %';
  return `${grouped(value, size >= 0.995 ? 1 : size >= 0.00995 ? 2 : 4)} %`;
}

/** `+12.4 %`; what is shown as zero has no sign. For returns. */
export function signedPercent(fraction: number | null): string {
  const text = percent(fraction);
  return text === '0.0 %' ? text : signed(fraction, text);
}

/** A setting such as a fee rate, with all its digits up to the sixth decimal: `0.075 %`. */
export function exactPercent(fraction: number): string {
  const value = Number((fraction * 100).toFixed(6));
  if (!isNumber(value)) return NOTHING;
  return `${Math.abs(value) >= 1e8 ? scientific(value) : trimmed(grouped(value, 6))} %`;
}

/** `1.37` */
export function ratio(value: number | null): string {
  if (!isNumber(value)) return NOTHING;
  return Math.abs(value) >= 1e8 ? scientific(value) : grouped(value, 2);
}

/** `3,648` */
export function count(value: number): string {
  if (!isNumber(value)) return NOTHING;
  return Math.abs(value) >= LARGE ? scientific(value) : grouped(value, 0);
}

/** `1 trade`, `0 trades` */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A setting as it was typed, with thousands separators: `10,000`, `0.0001`. */
export function plainNumber(value: number): string {
  if (!isNumber(value)) return NOTHING;
  const size = Math.abs(value);
  return size >= LARGE || (size < 1e-6 && size > 0) ? scientific(value) : trimmed(grouped(value, 8));
}

/** Digits of a price, however small it is: at least two decimals and five digits in all. `67,432.10`, `0.081234` */
export function price(value: number | null): string {
  return isNumber(value) ? withDecimals(value, decimalsFor(value, 5)) : NOTHING;
}

export type MoneyFormat = (value: number | null) => string;

/**
 * Amounts of one currency, all with the decimals that suit the size of the account: two from 100 on, six for 0.01 BTC.
 * An amount that would show as zero gets two digits that are not.
 */
export function moneyFormat(currency: string, accountSize: number): MoneyFormat {
  const usual = isNumber(accountSize) && accountSize !== 0 ? decimalsFor(accountSize, 5) : 2;
  return (value) => {
    if (!isNumber(value)) return NOTHING;
    const hidden = value !== 0 && Math.abs(value) < 0.5 * 10 ** -usual;
    return `${withDecimals(value, hidden ? decimalsFor(value, 2) : usual)} ${currency}`.trimEnd();
  };
}

/** Puts the plus before a number that is above zero. */
export function signed(value: number | null, text: string): string {
  return isNumber(value) && value > 0 && text !== NOTHING ? `+${text}` : text;
}

/** `1.25e12`, with as many decimals as asked for. */
export function scientific(value: number, decimals = 2): string {
  return value.toExponential(decimals).replace('e+', 'e');
}

/** `-1,234.50`; a number that rounds to zero has no minus. */
export function grouped(value: number, decimals: number): string {
  const rounded = value.toFixed(decimals);
  const [whole, fraction] = (Number(rounded) === 0 ? (0).toFixed(decimals) : rounded).split('.');
  const thousands = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? thousands : `${thousands}.${fraction}`;
}

function withDecimals(value: number, decimals: number): string {
  if (Math.abs(value) >= LARGE || (decimals > MOST_DECIMALS && value !== 0)) return scientific(value);
  return grouped(value, Math.abs(value) >= 1e9 ? 0 : Math.min(decimals, MOST_DECIMALS));
}

/** Decimals that show so many digits of a number; at least two. */
function decimalsFor(value: number, digits: number): number {
  const magnitude = value === 0 ? 0 : Math.floor(Math.log10(Math.abs(value)));
  return Math.max(2, digits - 1 - magnitude);
}

function trimmed(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function isNumber(value: number | null): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
