import type { IndicatorSet } from '../../src/strategy/indicator-set.js';
import { adxMemory } from '../../src/strategy/indicators/adx.js';
import { aroonMemory } from '../../src/strategy/indicators/aroon.js';
import { atrMemory } from '../../src/strategy/indicators/atr.js';
import { bollingerMemory } from '../../src/strategy/indicators/bollinger.js';
import { cciMemory } from '../../src/strategy/indicators/cci.js';
import { demaMemory } from '../../src/strategy/indicators/dema.js';
import { donchianMemory } from '../../src/strategy/indicators/donchian.js';
import { emaMemory } from '../../src/strategy/indicators/ema.js';
import { hmaMemory } from '../../src/strategy/indicators/hma.js';
import { kamaMemory } from '../../src/strategy/indicators/kama.js';
import { keltnerMemory } from '../../src/strategy/indicators/keltner.js';
import { linregslopeMemory } from '../../src/strategy/indicators/linregslope.js';
import { macdMemory } from '../../src/strategy/indicators/macd.js';
import { mfiMemory } from '../../src/strategy/indicators/mfi.js';
import { momentumMemory } from '../../src/strategy/indicators/momentum.js';
import { OBV_MEMORY } from '../../src/strategy/indicators/obv.js';
import { rmaMemory } from '../../src/strategy/indicators/rma.js';
import { rocMemory } from '../../src/strategy/indicators/roc.js';
import { rollingMemory } from '../../src/strategy/indicators/rolling.js';
import { rsiMemory } from '../../src/strategy/indicators/rsi.js';
import { SAR_MEMORY } from '../../src/strategy/indicators/sar.js';
import { stddevMemory } from '../../src/strategy/indicators/stddev.js';
import { stochasticMemory } from '../../src/strategy/indicators/stochastic.js';
import { stochRsiMemory } from '../../src/strategy/indicators/stochrsi.js';
import { supertrendMemory } from '../../src/strategy/indicators/supertrend.js';
import { temaMemory } from '../../src/strategy/indicators/tema.js';
import { TRUE_RANGE_MEMORY } from '../../src/strategy/indicators/true-range.js';
import { vwapMemory } from '../../src/strategy/indicators/vwap.js';
import { williamsRMemory } from '../../src/strategy/indicators/williams-r.js';
import { wmaMemory } from '../../src/strategy/indicators/wma.js';

/** One indicator as strategies ask for it, for tests that run over all of them. */
export interface TableRow {
  readonly name: string;
  /** `price`: scales with prices; `pure`: does not. */
  readonly unit: 'price' | 'pure';
  readonly smallest: number;
  /** Share of the price, or of 100, by which rounding may move a value. */
  readonly rounding: number;
  memory(window: number): number;
  columns(set: IndicatorSet, window: number): Readonly<Record<string, ArrayLike<number>>>;
}

type Columns = TableRow['columns'];

const row = (name: string, unit: TableRow['unit'], memory: TableRow['memory'], columns: Columns, smallest = 1, rounding = 1e-7): TableRow => ({
  name,
  unit,
  memory,
  columns,
  smallest,
  rounding,
});

/** Every method of the set, with every memory that is declared. */
export const INDICATOR_TABLE: readonly TableRow[] = [
  row('sma', 'price', rollingMemory, (set, n) => ({ sma: set.sma('close', n) })),
  row('smaOfVolume', 'pure', rollingMemory, (set, n) => ({ volume: set.smaOfVolume(n) })),
  row('ema', 'price', emaMemory, (set, n) => ({ ema: set.ema('close', n) })),
  row('rma', 'price', rmaMemory, (set, n) => ({ rma: set.rma('close', n) })),
  row('wma', 'price', wmaMemory, (set, n) => ({ wma: set.wma('close', n) })),
  row('dema', 'price', demaMemory, (set, n) => ({ dema: set.dema('close', n) })),
  row('tema', 'price', temaMemory, (set, n) => ({ tema: set.tema('close', n) })),
  row('hma', 'price', hmaMemory, (set, n) => ({ hma: set.hma('close', n) }), 2),
  row('kama', 'price', (n) => kamaMemory(n, 12), (set, n) => ({ kama: set.kama('close', n, 2, 12) })),
  row('linregslope', 'price', linregslopeMemory, (set, n) => ({ slope: set.linregslope('close', n) }), 2),
  row('stddev', 'price', stddevMemory, (set, n) => ({ population: set.stddev('close', n), sample: set.stddev('close', n, 1) }), 2),
  row('bollinger', 'price', bollingerMemory, (set, n) => ({ ...set.bollinger('close', n, 2) })),
  row('macd', 'price', (n) => macdMemory(n + 4, n), (set, n) => ({ ...set.macd('close', n, n + 4, n) })),
  row('rsi', 'pure', rsiMemory, (set, n) => ({ rsi: set.rsi('close', n) })),
  // A range of the strength index a little above 1e-8 is stretched to 100, and its rounding with it.
  row('stochRsi', 'pure', (n) => stochRsiMemory({ rsi: n, range: n, d: 3 }), (set, n) => ({ ...set.stochRsi('close', { rsi: n, range: n, d: 3 }) }), 1, 1e-2),
  row('stochastic', 'pure', (n) => stochasticMemory({ range: n, smooth: 3, d: 3 }), (set, n) => ({ ...set.stochastic({ range: n, smooth: 3, d: 3 }) })),
  row('williamsR', 'pure', williamsRMemory, (set, n) => ({ r: set.williamsR(n) })),
  row('cci', 'pure', cciMemory, (set, n) => ({ cci: set.cci(n) })),
  row('mfi', 'pure', mfiMemory, (set, n) => ({ mfi: set.mfi(n) })),
  row('aroon', 'pure', aroonMemory, (set, n) => ({ ...set.aroon(n) })),
  row('momentum', 'price', momentumMemory, (set, n) => ({ momentum: set.momentum('close', n) })),
  row('roc', 'pure', rocMemory, (set, n) => ({ roc: set.roc('close', n) })),
  row('donchian', 'price', donchianMemory, (set, n) => ({ ...set.donchian(n) })),
  row('trueRange', 'price', () => TRUE_RANGE_MEMORY, (set) => ({ range: set.trueRange() })),
  row('atr', 'price', atrMemory, (set, n) => ({ atr: set.atr(n) })),
  row('keltner', 'price', (n) => keltnerMemory(n, n), (set, n) => ({ ...set.keltner(n, n, 2) })),
  row('adx', 'pure', adxMemory, (set, n) => ({ ...set.adx(n) })),
  row('supertrend', 'price', supertrendMemory, (set, n) => ({ line: set.supertrend(n, 2).line })),
  row('supertrend direction', 'pure', supertrendMemory, (set, n) => ({ direction: set.supertrend(n, 2).direction, turns: set.supertrend(n, 2).turns })),
  row('sar', 'price', () => SAR_MEMORY, (set) => ({ sar: set.sar() })),
  row('obv', 'pure', () => OBV_MEMORY, (set) => ({ obv: set.obv() })),
  row('vwap', 'price', vwapMemory, (set, n) => ({ vwap: set.vwap(n) })),
];
