import { format, ONE, type Units } from '../base/decimal.js';
import { DAY_MS } from '../market/statistics.js';
import { flat, type Context, type Route } from './route.js';

const READ = { method: 'GET', permission: 'USER_DATA', params: {}, mandatory: [] } as const;
const FAR_AWAY_MS = 3650 * DAY_MS;

/** Endpoints about the account and its key. */
export const ACCOUNT_ROUTES: readonly Route[] = [
  { ...READ, path: '/api/v3/account', weight: flat(20), params: { omitZeroBalances: 'text' }, run: account },
  { ...READ, path: '/api/v3/account/commission', weight: flat(20), params: { symbol: 'symbol' }, mandatory: ['symbol'], run: commission },
  { ...READ, path: '/api/v3/rateLimit/order', weight: flat(40), run: orderCounts },
  { ...READ, path: '/sapi/v1/account/apiRestrictions', weight: flat(1), run: restrictions },
  { ...READ, path: '/sapi/v1/capital/config/getall', weight: flat(10), run: () => [] },
];

function account({ venue, engine, params }: Context): object {
  const { maker, taker } = engine.commissions.rates;
  const { balances, updateTime } = engine.balances.asOf(venue.now - venue.lags.account);
  const omitsZero = params.text('omitZeroBalances') === 'true';
  return {
    makerCommission: inBps(maker),
    takerCommission: inBps(taker),
    buyerCommission: 0,
    sellerCommission: 0,
    commissionRates: rates(maker, taker),
    canTrade: true,
    canWithdraw: true,
    canDeposit: true,
    brokered: false,
    requireSelfTradePrevention: false,
    preventSor: false,
    updateTime,
    accountType: 'SPOT',
    balances: [...balances]
      .filter(([, { free, locked }]) => !omitsZero || free + locked > 0n)
      .map(([asset, { free, locked }]) => ({ asset, free: format(free), locked: format(locked) })),
    permissions: ['SPOT'],
    uid: 1,
  };
}

function commission({ venue, engine, params }: Context): object {
  const { maker, taker } = engine.commissions.rates;
  const { bnbFee, bnbMultiplier } = venue.settings;
  return {
    symbol: params.required('symbol'),
    standardCommission: rates(maker, taker),
    specialCommission: rates(0n, 0n),
    taxCommission: rates(0n, 0n),
    discount: {
      enabledForAccount: bnbFee,
      enabledForSymbol: true,
      discountAsset: 'BNB',
      discount: Number(bnbMultiplier).toFixed(8),
    },
  };
}

function orderCounts({ venue }: Context): object[] {
  return venue.limits.orderCounts(venue.now).map((row) => ({ rateLimitType: 'ORDERS', ...row }));
}

function restrictions({ venue, key }: Context): object {
  const mayTrade = key?.perms.includes('TRADE') ?? false;
  return {
    ipRestrict: true,
    createTime: venue.settings.now,
    enableReading: true,
    enableWithdrawals: false,
    enableInternalTransfer: false,
    enableMargin: false,
    enableFutures: false,
    enableSpotAndMarginTrading: mayTrade,
    permitsUniversalTransfer: false,
    enableVanillaOptions: false,
    tradingAuthorityExpirationTime: venue.settings.now + FAR_AWAY_MS,
    ...key?.restrictions,
  };
}

function rates(maker: Units, taker: Units): object {
  return { maker: format(maker), taker: format(taker), buyer: format(0n), seller: format(0n) };
}

function inBps(rate: Units): number {
  return Number((rate * 10_000n) / ONE);
}
