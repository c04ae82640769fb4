import { paintWith } from './paint.js';
import { verdict } from './verdict.js';

function sentence(own: number, hold: number | null, fall: number, total: number, closed: number): string {
  const metrics = { total_return: own, buy_and_hold_return: hold, max_drawdown: fall, total_trades: total, closed_trades: closed };
  return verdict(metrics, paintWith(false));
}

describe('verdict', () => {
  it.each([
    {
      text: 'Lost to holding: +12.4 % against +38.0 %, with a worst fall of 9.1 %, on 38 closed trades.',
      figures: [0.124, 0.38, 0.091, 38, 38],
    },
    {
      text: 'Beat holding: +12.4 % against -3.0 %, with a worst fall of 9.1 %, on 1 closed trade.',
      figures: [0.124, -0.03, 0.091, 2, 1],
    },
    {
      text: 'Lost less than holding: -5.0 % against -40.0 %, with a worst fall of 9.1 %, on 1,200 closed trades.',
      figures: [-0.05, -0.4, 0.091, 1200, 1200],
    },
    {
      text: 'Lost more than holding: -40.0 % against -5.0 %, with a worst fall of 41.0 %, on 3 closed trades.',
      figures: [-0.4, -0.05, 0.41, 3, 3],
    },
    {
      text: 'Lost to holding: -5.0 % against +2.0 %, with a worst fall of 9.1 %, on 3 closed trades.',
      figures: [-0.05, 0.02, 0.091, 3, 3],
    },
    {
      text: 'Level with holding: both +12.4 %, without any fall, on 1 trade that is still open.',
      figures: [0.12401, 0.12399, 0, 1, 0],
    },
    {
      text: 'Beat holding: +12.4 % against +1.0 %, without any fall, on 2 trades, none of them closed.',
      figures: [0.124, 0.01, 0, 2, 0],
    },
    {
      text: 'No comparison with holding: +12.4 %, with a worst fall of 9.1 %, on 38 closed trades.',
      figures: [0.124, null, 0.091, 38, 38],
    },
    { text: 'Made no trade; holding would have returned +38.0 %.', figures: [0, 0.38, 0, 0, 0] },
    { text: 'Made no trade.', figures: [0, null, 0, 0, 0] },
  ] as const)('$text', ({ text, figures: [own, hold, fall, total, closed] }) => {
    expect(sentence(own, hold, fall, total, closed)).toBe(text);
  });
});
