import { units } from '../base/decimal.js';
import { Journal, type TradeRecord } from '../base/journal.js';
import { Balances } from './balances.js';

const NOW = 1000;

function open(): Balances {
  return new Balances({ USDT: '100' }, ['BTC', 'USDT'], new Journal(() => NOW), () => NOW);
}

const BOUGHT: TradeRecord = {
  symbol: 'BTCUSDT',
  id: 1,
  orderId: 1,
  orderListId: -1,
  price: '50.00000000',
  qty: '1.00000000',
  quoteQty: '50.00000000',
  commission: '0.00100000',
  commissionAsset: 'BTC',
  time: NOW,
  isBuyer: true,
  isMaker: false,
  isBestMatch: true,
};

describe('Balances', () => {
  it('finds nothing wrong when money moves as the trade says', () => {
    const balances = open();
    balances.spend('USDT', units('50'), 0n);
    balances.receive('BTC', units('0.999'));
    balances.expectTrade('BTC', 'USDT', BOUGHT);
    balances.note('trade');
    expect(balances.problems()).toEqual([]);
  });

  it('finds money that came from nowhere, even when it has gone again', () => {
    const balances = open();
    balances.receive('BTC', 1n);
    balances.note('mistake');
    balances.spend('BTC', 1n, 0n);
    balances.note('repair');
    expect(balances.problems()).toEqual([
      'BTC: expected 0.00000000 in all; was 0.00000001 free and 0.00000000 locked (after mistake, before entry 1)',
    ]);
  });

  it('finds an overdrawn balance', () => {
    const balances = open();
    balances.lock('USDT', units('101'));
    balances.note('lock');
    expect(balances.problems()[0]).toMatch(/^USDT: .* was -1.00000000 free and 101.00000000 locked/);
  });
});
