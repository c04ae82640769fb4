/** (high + low + close) / 3 of every bar. */
export function typicalPrice(high: Float64Array, low: Float64Array, close: Float64Array): Float64Array {
  const prices = new Float64Array(close.length);
  for (let i = 0; i < prices.length; i++) prices[i] = (high[i] + low[i] + close[i]) / 3;
  return prices;
}
