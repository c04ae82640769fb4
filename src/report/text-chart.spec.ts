import fc from 'fast-check';

import { columnsOf } from './columns.js';
import { paintWith } from './paint.js';
import { equityChart, type CurvePoint } from './text-chart.js';

const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);
const plain = paintWith(false);

function curve(...equity: number[]): CurvePoint[] {
  return equity.map((value, i) => ({ time: START + i * 10 * DAY, equity: value }));
}

describe('equityChart', () => {
  it('draws the curve over its dates, with the falls beneath', () => {
    expect(equityChart(curve(100, 140, 120, 160), 40, plain)).toEqual([
      '        │                             ⢀⠔',
      '    150 ┤                           ⡠⠊⠁',
      '        │          ⣀⡀             ⡠⠊',
      '        │       ⢀⠔⠊ ⠈⠑⠒⠤⣀       ⡠⠊',
      '    125 ┤     ⢀⠔⠁        ⠉⠒⠤⣀ ⡠⠊',
      '        │   ⢀⠔⠁              ⠉',
      '        │ ⢀⠔⠁',
      '    100 ┤⠔⠁┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈',
      '        ├── fall from the highest equit…',
      '    0 % ┤           ⠉⠙⠻⠿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⣿⡿⠟⠛⠉',
      '-14.3 % ┤                ⠉⠙⠻⠿⣿⠿⠟⠛⠉',
      '        └┬─────────────────────────────┬',
      '         2024-01-01           2024-01-31',
    ]);
  });

  it.each([
    { name: 'a flat one', points: curve(100, 100, 100) },
    { name: 'one point', points: curve(100) },
    { name: 'one that only rises', points: curve(1, 2, 3) },
  ])('has no strip of falls for $name', ({ points }) => {
    expect(equityChart(points, 80, plain).join('\n')).not.toContain('fall');
  });

  it('is nothing for an empty curve, or one without a number', () => {
    expect([equityChart([], 80, plain), equityChart(curve(NaN, Infinity), 80, plain)]).toEqual([[], []]);
  });

  it('shows one bar out of half a million, at once', () => {
    const points = Array.from({ length: 500_000 }, (_, i) => ({ time: START + i * 60_000, equity: i === 312_345 ? 20_000 : 10_000 }));
    const lines = equityChart(points, 80, plain);
    // The peak reaches the top of the chart and takes one column; the fall after it reaches the lowest dot of the strip.
    expect(lines[0].replace(/[^⠁-⣿]/g, '')).toHaveLength(1);
    expect(lines).toContainEqual(expect.stringContaining('-50.0 % ┤'));
  });

  it('never exceeds the width, whatever the curve is', () => {
    const equity = fc.oneof(fc.double(), fc.double({ min: 1, max: 2, noNaN: true }), fc.constantFrom(0, 1e-12, 1e15, -1e15, 1e15 + 1));
    const time = fc.oneof(fc.integer({ min: 0, max: 2e12 }), fc.constantFrom(NaN, 9e15, -1));
    fc.assert(
      fc.property(fc.array(fc.record({ time, equity }), { maxLength: 300 }), fc.integer({ min: 40, max: 200 }), (points, width) => {
        const lines = equityChart(points, width, plain);
        expect(lines.length).toBeLessThanOrEqual(14);
        expect(Math.max(0, ...lines.map(columnsOf))).toBeLessThanOrEqual(width);
        expect(lines.join('\n')).not.toMatch(/NaN|Infinity|undefined|null/);
      }),
    );
  });
});
