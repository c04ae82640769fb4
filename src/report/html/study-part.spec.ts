import type { BacktestResult } from '../../backtest/backtest-result.js';
import type { Sensitivity } from '../../backtest/engine/sensitivity.js';
import { studySections } from './study-part.js';

const START = Date.UTC(2024, 0, 1);
const curve = Array.from({ length: 24 * 60 }, (_, i) => ({ time: START + i * 3_600_000, equity: 1000 + i + 40 * ((i * 7) % 11) }));
const result = { manifest: { start: START, timeframe: '1h', seed: 1 }, metrics: { closed_trades: 38 }, equity_curve: curve } as unknown as BacktestResult;
const sensitivity: Sensitivity = { feeRates: [0, 0.001], slippagesBps: [0, 2], tables: [{ fill: 'next_open', returns: [[0.2, 0.1], [0, -0.1]] }], chargedBps: 12, breakEven: { kind: 'at', bps: 6.4 } };

describe('studySections', () => {
  it('say in the words of the terminal what luck and costs have to do with it', () => {
    const [luck, costs] = studySections(result, { tries: { tries: 14, variance: 0.002 }, sensitivity });
    expect([luck.id, costs.id]).toEqual(['luck', 'costs']);
    expect(luck.body.markup).toMatch(/^<p>.*38 closed trades.*90 % interval.*<\/p><p>Chance .*<\/p><p>14 sets of parameters were tried .*<\/p>$/);
    expect(costs.body.markup).toContain('<p>This strategy dies at 6.4 bps per side, fee and slippage together; 12 bps were charged.</p>');
    expect(costs.body.markup).toContain('<tr><th scope="row">0.1 %</th><td>0.0 %</td><td><span class="bad">-10.0 %</span></td></tr>');
  });

  it('leave out what is not known, and tables of nothing', () => {
    expect(studySections(result, {}).map(({ id }) => id)).toEqual(['luck']);
    expect(studySections({ ...result, equity_curve: curve.slice(0, 30) }, {})).toEqual([]);
    const [, costs] = studySections(result, { sensitivity: { ...sensitivity, breakEven: { kind: 'no_trades' } } });
    expect(costs.body.markup).toBe('<p>Nothing was traded, so costs change nothing; 12 bps were charged.</p>');
  });
});
