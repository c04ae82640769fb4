import { assumptions, initialCapital } from './assumptions.js';

const backtest = { fee_rate: 0.001, fee_from: 'received', slippage_bps: 5, fill: 'next_open', sizing: 'all_in', fraction: 0.25 };
const risk = { max_position_size_usd: 1000 };

describe('assumptions', () => {
  it('say how orders fill, what they cost and how large they are', () => {
    expect(assumptions({ backtest, risk }, 'next_open', 'USDT')).toBe(
      "Orders fill at the next bar's open; fee 0.1 % per side, taken from what is received; slippage 5 bps per side; " +
        'all cash into each purchase.',
    );
  });

  it.each([
    { change: { fill: 'close' }, part: "Orders fill at the signal bar's own close, which a bot cannot do;" },
    { change: { fill: 'toString' }, part: 'Orders fill by the rule "toString";' },
    { change: { fee_from: 'quote' }, part: 'fee 0.1 % per side, of a purchase paid on top, in quote currency;' },
    { change: { fee_from: undefined }, part: 'fee 0.1 % per side;' },
    { change: { fee_rate: 0 }, part: 'no fee;' },
    { change: { slippage_bps: 0 }, part: 'no slippage;' },
    { change: { sizing: 'fraction' }, part: '25 % of the equity into each purchase.' },
    { change: { sizing: 'fixed_quote' }, part: '1,000 USDT into each purchase.' },
    { change: { quantity_step: 0.00001, min_notional: 5 }, part: 'all cash into each purchase; quantities in steps of 0.00001, orders from 5 USDT on.' },
    { change: { quantity_step: 0, min_notional: 5 }, part: 'all cash into each purchase; orders from 5 USDT on.' },
    { change: { quantity_step: 0, min_notional: 0 }, part: 'all cash into each purchase.' },
    { change: { sizing: 'kelly' }, part: 'purchases sized by the rule "kelly".' },
  ])('$part', ({ change, part }) => {
    expect(assumptions({ backtest: { ...backtest, ...change }, risk }, 'next_open', 'USDT')).toContain(part);
  });

  it.each([{}, { backtest: null }, { backtest: 'x', risk: 3 }, { backtest: { fee_rate: '0.1', slippage_bps: NaN, sizing: 7 } }])(
    'leave out what the settings do not say: %j',
    (config) => {
      expect(assumptions(config, 'next_open', 'USDT')).toBe("Orders fill at the next bar's open.");
    },
  );
});

describe('initialCapital', () => {
  it('is the setting, or else where the curve begins', () => {
    const equity_curve = [{ time: 0, equity: 500 }];
    expect(initialCapital({ config: { backtest: { initial_capital: 100 } }, equity_curve })).toBe(100);
    expect(initialCapital({ config: {}, equity_curve })).toBe(500);
    expect(initialCapital({ config: {}, equity_curve: [] })).toBe(0);
  });
});
