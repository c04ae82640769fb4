// What one writes first in JavaScript: one pass over the bars, one state, an order that waits for the next open. The yardstick where
// there is no C compiler. It does what the engine does for this one strategy, and nothing else.
const FEE = 0.001;

export function onePass({ open, close }, fast, slow) {
  const equity = new Float64Array(close.length + 1);
  equity[0] = 1;
  let [sumFast, sumSlow, side, wanted, held] = [0, 0, 0, 0, 0];
  let [cash, coins, spent, peak, lowest, sum, squares] = [1, 0, 0, 1, 1, 0, 0];
  let [trades, wins] = [0, 0];
  for (let i = 0; i < close.length; i++) {
    if (wanted !== held) {
      held = wanted;
      if (held === 1) {
        spent = cash;
        coins = (cash / open[i]) * (1 - FEE);
        cash = 0;
      } else {
        cash = coins * open[i] * (1 - FEE);
        coins = 0;
        trades++;
        if (cash > spent) wins++;
      }
    }
    const now = cash + coins * close[i];
    const r = now / equity[i] - 1;
    equity[i + 1] = now;
    sum += r;
    squares += r * r;
    if (now > peak) peak = now;
    else if (now / peak < lowest) lowest = now / peak;

    sumFast += Math.round(close[i] * 100);
    sumSlow += Math.round(close[i] * 100);
    if (i >= fast) sumFast -= Math.round(close[i - fast] * 100);
    if (i >= slow) sumSlow -= Math.round(close[i - slow] * 100);
    if (i < slow - 1) continue;
    const lead = sumFast * slow - sumSlow * fast;
    if (lead > 0) {
      if (side < 0) wanted = 1;
      side = 1;
    } else if (lead < 0) {
      if (side > 0) wanted = 0;
      side = -1;
    }
  }
  const n = close.length;
  const mean = sum / n;
  const sharpe = (mean / Math.sqrt((squares - n * mean * mean) / (n - 1))) * Math.sqrt(525_600);
  return { equity, trades, wins, drawdown: 1 - lowest, sharpe };
}
