import { ticksOf } from '../../src/domain/ticks.js';
import { Random } from '../../src/domain/random.js';
import { IndicatorSet } from '../../src/strategy/indicator-set.js';
import { crossings, smaCrossings } from '../../src/strategy/indicators/crossings.js';
import { rollingMean, rollingMoments } from '../../src/strategy/indicators/rolling.js';
import { signalColumn } from '../../src/domain/signal.js';
import { firstDisagreement } from '../support/bits.js';
import { fromBars } from '../support/candle-builder.js';
import { describeWithVectors, readVectors } from '../support/vectors.js';

type Series = readonly (number | null)[];

interface Case {
  readonly id: string;
  readonly indicator: string;
  readonly params: Readonly<Record<string, number>>;
  readonly dataset: string;
  readonly outputs: Readonly<Record<string, Series>>;
  readonly firstIndex: Readonly<Record<string, number | null>>;
  readonly rtol: number;
  readonly atol: number;
}

interface Vectors {
  readonly datasets: Readonly<Record<string, { readonly c: Series }>>;
  readonly cases: readonly Case[];
}

const column = (series: Series): Float64Array => Float64Array.from(series, (value) => value ?? NaN);

/** Index of the first defined value; null when there is none. */
function firstDefined(values: Float64Array): number | null {
  const index = values.findIndex((value) => !Number.isNaN(value));
  return index < 0 ? null : index;
}

describeWithVectors('indicator vectors', () => {
  const { datasets, cases } = readVectors('indicators.json') as Vectors;
  const closes = (dataset: string): Float64Array => column(datasets[dataset].c);
  const casesOf = (indicator: string): (readonly [string, Case])[] => cases.filter((one) => one.indicator === indicator).map((one) => [one.id, one] as const);

  const expectColumn = (values: Float64Array, name: string, { outputs, firstIndex, rtol, atol }: Case): void => {
    expect(firstDefined(values)).toBe(firstIndex[name]);
    expect(firstDisagreement(values, outputs[name], rtol, atol)).toBeNull();
  };

  // The bar number moves the block borders; the values must not care.
  it.each(casesOf('sma'))('averages with anchored sums: %s', (_, one) => {
    for (const firstBar of [0, 1, 37, 473_000]) expectColumn(rollingMean(closes(one.dataset), one.params['period'], firstBar), 'sma', one);
  });

  it.each(casesOf('sma').filter(([, { dataset }]) => !datasets[dataset].c.includes(null)))('averages whole ticks: %s', (_, one) => {
    const bars = Array.from(closes(one.dataset), (close) => ({ open: close, high: close, low: close, close, volume: 1 }));
    const candles = fromBars(bars, bars.map(() => 0), { timeframe: '1h', firstOpenMs: 0 }); // prettier-ignore
    expect(candles.ticksOf('close')).not.toBeNull();
    expectColumn(new IndicatorSet(candles).sma('close', one.params['period']), 'sma', one);
  });

  it.each(casesOf('stddev').filter(([, { params }]) => params['ddof'] === 0))('knows the deviation: %s', (_, one) => {
    for (const firstBar of [0, 1, 37, 473_000]) {
      expectColumn(rollingMoments(closes(one.dataset), one.params['period'], firstBar).deviation, 'stddev', one);
    }
  });

  it.each(casesOf('cross'))('finds where averages cross: %s', (_, { dataset, outputs }) => {
    const { values } = ticksOf(closes(dataset)) as { values: Float64Array };
    const [fast, slow] = [5, 20].map((window) => rollingMean(closes(dataset), window, 0));
    expect([...crossings(fast, slow)]).toEqual(outputs['cross']);
    expect([...signalColumn(smaCrossings(values, 5, 20), values.length)]).toEqual(outputs['cross']);
  });

  it('has cases of every kind', () => {
    expect(['sma', 'stddev', 'cross'].map((indicator) => casesOf(indicator).length > 0)).toEqual([true, true, true]);
  });
});

interface RandomVectors {
  readonly rng: readonly { readonly seed: number; readonly u32: readonly number[]; readonly float: readonly number[] }[];
}

describeWithVectors('random vectors', () => {
  const { rng } = readVectors('optimiser.json') as RandomVectors;

  it.each(rng)('draws the reference stream of seed $seed', ({ seed, u32, float }) => {
    const [words, floats] = [new Random(seed), new Random(seed)];
    expect(u32.map(() => words.uint32())).toEqual(u32);
    expect(float.map(() => floats.float())).toEqual(float);
  });
});
