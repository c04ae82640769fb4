import { adx } from '../../src/strategy/indicators/adx.js';
import { aroon } from '../../src/strategy/indicators/aroon.js';
import { atr } from '../../src/strategy/indicators/atr.js';
import { bollinger } from '../../src/strategy/indicators/bollinger.js';
import { cci } from '../../src/strategy/indicators/cci.js';
import { crossings } from '../../src/strategy/indicators/crossings.js';
import { dema } from '../../src/strategy/indicators/dema.js';
import { donchian } from '../../src/strategy/indicators/donchian.js';
import { ema } from '../../src/strategy/indicators/ema.js';
import { hma } from '../../src/strategy/indicators/hma.js';
import { kama } from '../../src/strategy/indicators/kama.js';
import { keltner } from '../../src/strategy/indicators/keltner.js';
import { linregslope } from '../../src/strategy/indicators/linregslope.js';
import { macd } from '../../src/strategy/indicators/macd.js';
import { mfi } from '../../src/strategy/indicators/mfi.js';
import { momentum } from '../../src/strategy/indicators/momentum.js';
import { obv } from '../../src/strategy/indicators/obv.js';
import { rma } from '../../src/strategy/indicators/rma.js';
import { roc } from '../../src/strategy/indicators/roc.js';
import { rollingMean } from '../../src/strategy/indicators/rolling.js';
import { rsi } from '../../src/strategy/indicators/rsi.js';
import { sar } from '../../src/strategy/indicators/sar.js';
import { stddev } from '../../src/strategy/indicators/stddev.js';
import { stochastic } from '../../src/strategy/indicators/stochastic.js';
import { stochRsi } from '../../src/strategy/indicators/stochrsi.js';
import { supertrend } from '../../src/strategy/indicators/supertrend.js';
import { tema } from '../../src/strategy/indicators/tema.js';
import { trueRange } from '../../src/strategy/indicators/true-range.js';
import { vwap } from '../../src/strategy/indicators/vwap.js';
import { williamsR } from '../../src/strategy/indicators/williams-r.js';
import { wma } from '../../src/strategy/indicators/wma.js';
import { firstDisagreement } from '../support/bits.js';
import { describeWithVectors, readVectors } from '../support/vectors.js';

type Series = readonly (number | null)[];
type Params = Readonly<Record<string, number | string>>;
type Columns = Readonly<Record<string, ArrayLike<number>>>;

interface Case {
  readonly id: string;
  readonly indicator: string;
  readonly params: Params;
  readonly dataset: string;
  readonly inputs: readonly string[];
  readonly outputs: Readonly<Record<string, Series>>;
  readonly firstIndex: Readonly<Record<string, number | null>>;
  readonly rtol: number;
  readonly atol: number;
  readonly informative?: boolean;
}

interface Vectors {
  readonly datasets: Readonly<Record<string, Readonly<Record<string, Series>>>>;
  readonly cases: readonly Case[];
}

/** How a case names its inputs, parameters and outputs, and how the project does. */
const INDICATORS: Readonly<Record<string, (x: readonly Float64Array[], p: Record<string, number>, firstBar: number, raw: Params) => Columns>> = {
  sma: ([x], p, bar) => ({ sma: rollingMean(x, p['period'], bar) }),
  ema: ([x], p, bar, { seed }) => ({ ema: ema(x, p['period'], bar, seed as 'sma' | 'first') }),
  rma: ([x], p, bar) => ({ rma: rma(x, p['period'], bar) }),
  wma: ([x], p, bar) => ({ wma: wma(x, p['period'], bar) }),
  dema: ([x], p, bar) => ({ dema: dema(x, p['period'], bar) }),
  tema: ([x], p, bar) => ({ tema: tema(x, p['period'], bar) }),
  hma: ([x], p, bar) => ({ hma: hma(x, p['period'], bar) }),
  kama: ([x], p, bar) => ({ kama: kama(x, p['period'], bar, p['fast'], p['slow']) }),
  rsi: ([x], p, bar) => ({ rsi: rsi(x, p['period'], bar) }),
  macd: ([x], p, bar) => {
    const { line, signal, histogram } = macd(x, p['fast'], p['slow'], p['signal'], bar);
    return { macd: line, signal, histogram };
  },
  bbands: ([x], p, bar) => ({ ...bollinger(x, p['period'], p['mult'], bar) }),
  stddev: ([x], p, bar) => ({ stddev: stddev(x, p['period'], bar, p['ddof'] as 0 | 1) }),
  tr: ([h, l, c]) => ({ tr: trueRange(h, l, c) }),
  atr: ([h, l, c], p, bar) => ({ atr: atr(h, l, c, p['period'], bar) }),
  adx: ([h, l, c], p, bar) => ({ ...adx(h, l, c, p['period'], bar) }),
  stoch: ([h, l, c], p, bar) => ({ ...stochastic(h, l, c, { range: p['kPeriod'], smooth: p['kSmooth'], d: p['dPeriod'] }, bar) }),
  stochrsi: ([x], p, bar) => ({ ...stochRsi(x, { rsi: p['rsiPeriod'], range: p['kPeriod'], d: p['dPeriod'] }, bar) }),
  donchian: ([h, l], p) => ({ ...donchian(h, l, p['period']) }),
  cci: ([h, l, c], p) => ({ cci: cci(h, l, c, p['period']) }),
  mfi: ([h, l, c, v], p, bar) => ({ mfi: mfi(h, l, c, v, p['period'], bar) }),
  willr: ([h, l, c], p) => ({ willr: williamsR(h, l, c, p['period']) }),
  aroon: ([h, l], p) => ({ ...aroon(h, l, p['period']) }),
  mom: ([x], p) => ({ mom: momentum(x, p['period']) }),
  roc: ([x], p) => ({ roc: roc(x, p['period']) }),
  linregslope: ([x], p, bar) => ({ slope: linregslope(x, p['period'], bar) }),
  obv: ([c, v]) => ({ obv: obv(c, v) }),
  keltner: ([h, l, c], p, bar) => ({ ...keltner(h, l, c, { ema: p['emaPeriod'], atr: p['atrPeriod'] }, p['mult'], bar) }),
  supertrend: ([h, l, c], p, bar) => {
    const { line, direction } = supertrend(h, l, c, p['period'], p['mult'], bar);
    return { supertrend: line, direction };
  },
  sar: ([h, l], p, bar) => ({ sar: sar(h, l, p['step'], p['max'], bar) }),
  vwap: ([h, l, c, v], p, bar) => ({ vwap: vwap(h, l, c, v, p['period'], bar) }),
  cross: ([x], _, bar) => ({ cross: crossings(rollingMean(x, 5, bar), rollingMean(x, 20, bar)) }),
};

/** Index of the first defined value; null when there is none. */
function firstDefined(values: ArrayLike<number>): number | null {
  const index = Array.from(values).findIndex((value) => !Number.isNaN(value));
  return index < 0 ? null : index;
}

describeWithVectors('every indicator', () => {
  const { datasets, cases } = readVectors('indicators.json') as Vectors;
  const offered = cases.filter(({ informative }) => informative !== true);

  // The bar number moves the borders at which sums and recursions start afresh; the values must not care.
  it.each(offered.map((one) => [one.id, one] as const))('%s', (_, { indicator, params, dataset, inputs, outputs, firstIndex, rtol, atol }) => {
    const columns = inputs.map((name) => Float64Array.from(datasets[dataset][name], (value) => value ?? NaN));
    for (const firstBar of [0, 1, 37, 473_000]) {
      const found = INDICATORS[indicator](columns, params as Record<string, number>, firstBar, params);
      for (const [name, expected] of Object.entries(outputs)) {
        expect({ name, firstBar, wrong: firstDisagreement(found[name], expected, rtol, atol) }).toEqual({ name, firstBar, wrong: null });
        expect({ name, first: firstDefined(found[name]) }).toEqual({ name, first: firstIndex[name] });
      }
    }
  });

  it('has cases for every indicator and no others; variants that the project does not offer are marked', () => {
    expect([...new Set(cases.map(({ indicator }) => indicator))].sort()).toEqual(Object.keys(INDICATORS).sort());
    expect([cases.length, offered.length]).toEqual([285, 261]);
  });
});
