import type { BreakEven, Sensitivity } from '../backtest/engine/sensitivity.js';
import { columnsOf } from './columns.js';
import { paintWith } from './paint.js';
import { breakEvenSentence, sensitivityTables } from './sensitivity-text.js';

const grid: Sensitivity = {
  feeRates: [0, 0.001, 0.002],
  slippagesBps: [0, 2, 6.000000000000001],
  tables: [
    { fill: 'next_open', returns: [[0.72, 0.639, 0.49], [0.354, 0.291, 0.173], [0.066, 0.016, -0.077]] },
    { fill: 'close', returns: [[0.7, 0.6, 0.5], [0.4, 0.3, 0.2], [0.1, 0, -12.5]] },
  ],
  chargedBps: 12.000000000000002,
  breakEven: { kind: 'at', bps: 6.4 },
};

describe('breakEvenSentence', () => {
  it.each<{ breakEven: BreakEven; says: string }>([
    { breakEven: { kind: 'at', bps: 6.4 }, says: 'This strategy dies at 6.4 bps per side, fee and slippage together; 12 bps were charged.' },
    { breakEven: { kind: 'at', bps: 465.36 }, says: 'This strategy dies at 465 bps per side, fee and slippage together; 12 bps were charged.' },
    { breakEven: { kind: 'loses_anyway' }, says: 'This strategy loses even without any fee and slippage; 12 bps were charged.' },
    { breakEven: { kind: 'bears_more' }, says: 'This strategy bears more than 1,000 bps per side, fee and slippage together; 12 bps were charged.' },
    { breakEven: { kind: 'no_trades' }, says: 'Nothing was traded, so costs change nothing; 12 bps were charged.' },
  ])('says $says', ({ breakEven, says }) => expect(breakEvenSentence({ ...grid, breakEven })).toBe(says));
});

describe('sensitivityTables', () => {
  it('stand beside each other where there is room', () => {
    expect(sensitivityTables(grid, 80, paintWith(false))).toEqual([
      "Filled at the next open            Filled at the signal's close",
      'fee      0 bps    2 bps    6 bps   fee      0 bps    2 bps       6 bps',
      '0 %    +72.0 %  +63.9 %  +49.0 %   0 %    +70.0 %  +60.0 %     +50.0 %',
      '0.1 %  +35.4 %  +29.1 %  +17.3 %   0.1 %  +40.0 %  +30.0 %     +20.0 %',
      '0.2 %   +6.6 %   +1.6 %   -7.7 %   0.2 %  +10.0 %    0.0 %  -1,250.0 %',
    ]);
  });

  it('stand below each other where there is none, and no wider', () => {
    const lines = sensitivityTables(grid, 40, paintWith(false));
    expect(lines).toHaveLength(11);
    expect(lines[5]).toBe('');
    for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(40);
  });

  it('are as wide with colour as without', () => {
    expect(sensitivityTables(grid, 80, paintWith(true)).map(columnsOf)).toEqual(sensitivityTables(grid, 80, paintWith(false)).map(columnsOf));
  });
});
