// The page's data as it was before it was packed, and numbers as people read them.
((report) => {
  'use strict';
  const data = JSON.parse(document.getElementById('data').textContent);

  /** A column as it was before it was packed; null where there is nothing. */
  const unpack = ({ digits, steps }) => {
    const scale = 10 ** digits;
    let units = 0;
    return steps.map((step) => (step === null ? null : (units += step) / scale));
  };
  const formats = new Map();
  const grouped = (value, digits) => {
    if (!formats.has(digits)) formats.set(digits, new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }));
    return formats.get(digits).format(Number(value.toFixed(digits)) === 0 ? 0 : value);
  };
  const NOTHING = '—';
  const orNothing = (format) => (value) => (value === null || value === undefined ? NOTHING : format(value));
  const price = orNothing((value) => grouped(value, data.price_digits));
  const money = orNothing((value) => grouped(value, data.money_digits));
  const percent = orNothing((value) => `${grouped(value * 100, Math.abs(value) < 0.00995 && value !== 0 ? 2 : 1)} %`);
  const signedPercent = orNothing((value) => (value > 0 ? '+' : '') + percent(value));
  /** For scales, where the digits that do not change would only be noise. */
  const onScale = (digits) => (value) => grouped(value, Math.abs(value) >= 1000 ? 0 : digits);
  const quantity = orNothing((value) => grouped(value, data.trades.quantity.digits).replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''));
  const signedMoney = orNothing((value) => (value > 0 ? '+' : '') + money(value));
  const time = orNothing((seconds) => {
    const iso = new Date(seconds * 1000).toISOString();
    return data.bar_seconds >= 86_400 && iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 16).replace('T', ' ');
  });

  const line = ({ times, values }) => {
    const at = unpack(times);
    return unpack(values).map((value, i) => (value === null ? { time: at[i] } : { time: at[i], value }));
  };
  const trades = (() => {
    const columns = Object.fromEntries(Object.entries(data.trades).map(([key, column]) => [key, column === null || key === 'reason' ? column : unpack(column)]));
    return columns.entry.map((_, i) => ({ number: i + 1, ...Object.fromEntries(Object.entries(columns).map(([key, column]) => [key, column === null ? null : column[i]])) }));
  })();
  const candles = data.candles === null ? null : Object.fromEntries(Object.entries(data.candles).map(([key, column]) => [key, unpack(column)]));

  /** Place of the last time that is not after this one; the first place for what is before all. */
  const placeOf = (times, wanted) => {
    let [low, high] = [0, times.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (times[middle] <= wanted) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  Object.assign(report, { data, candles, trades, unpack, line, placeOf, grouped, orNothing, onScale, price, money, signedMoney, percent, signedPercent, quantity, time });
})((window.report ??= {}));
