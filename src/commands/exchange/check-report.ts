import type { BotConfig } from '../../config/bot-config.js';
import { isZero, type DecimalText } from '../../domain/decimal.js';
import { shortTime } from '../../domain/instant.js';
import type { MarketRules } from '../../domain/market-rules.js';
import type { KeyPermissions } from '../../exchange/trading-client.js';
import type { ClockReading, ExchangeCheck } from './check-exchange.js';

/** A check as a person reads it: what was seen, what could not be, and what it means for a live start. */
export function checkReport(check: ExchangeCheck, { backtest }: BotConfig): string {
  const [base, quote] = check.symbol.split('/');
  const lines = [
    ['Time', check.clock === null ? null : clockLine(check.clock)],
    ['Market', check.rules === null ? null : rulesLine(check.rules)],
    ['Book', check.book === null ? null : `bid ${check.book.bid} (${check.book.bidQuantity} ${base}), ask ${check.book.ask} (${check.book.askQuantity} ${base}), spread ${check.spreadBps ?? '?'} bps`],
    ['Key', check.permissions === null ? null : keyLine(check.permissions)],
    ['Free', check.freeQuote === null ? null : `${check.freeQuote} ${quote}`],
    ['Fee', `backtests and paper charge ${Number((backtest.feeRate * 100).toFixed(4))} % per side (backtest.fee_rate): compare it with the account's at the exchange`],
  ].map(([name, text]) => `${String(name).padEnd(8)}${text ?? 'not seen'}`);
  const unseen = check.unseen.length === 0 ? [] : ['', 'Not looked at', ...check.unseen.map((what) => `  - ${what}`)];
  const warnings = check.warnings.length === 0 ? [] : ['', 'Warnings', ...check.warnings.map(({ code, message }) => `  ! ${code}: ${message}`)];
  return [`${check.exchange} · ${check.environment} · ${check.origin ?? 'no client for orders was opened'} · ${check.symbol}`, '', ...lines, ...unseen, ...warnings, '', ...verdict(check), ''].join('\n');
}

/** The same for programs; keys as a user writes them. */
export function checkDocument(check: ExchangeCheck, { backtest }: BotConfig): object {
  const { clock, rules, book, permissions } = check;
  return {
    exchange: check.exchange,
    environment: check.environment,
    origin: check.origin,
    symbol: check.symbol,
    clock: clock === null ? null : { server_time: clock.serverTime, offset_ms: clock.offsetMs, round_trip_ms: clock.roundTripMs },
    rules:
      rules === null
        ? null
        : {
            status: rules.status,
            price_step: rules.priceStep,
            lot_step: rules.lotStep,
            min_quantity: rules.minQuantity,
            max_quantity: rules.maxQuantity,
            market_lot_step: rules.marketLotStep,
            min_market_quantity: rules.minMarketQuantity,
            max_market_quantity: rules.maxMarketQuantity,
            min_price: rules.minPrice,
            max_price: rules.maxPrice,
            min_notional: rules.minNotional,
            max_notional: rules.maxNotional,
          },
    book: book === null ? null : { bid: book.bid, bid_quantity: book.bidQuantity, ask: book.ask, ask_quantity: book.askQuantity, spread_bps: check.spreadBps },
    permissions:
      permissions === null
        ? null
        : {
            can_trade: permissions.canTrade,
            can_withdraw: permissions.canWithdraw,
            can_transfer: permissions.canTransfer,
            ip_restricted: permissions.ipRestricted,
            trading_expires_at: permissions.tradingExpiresAt,
          },
    free_quote: check.freeQuote,
    fee_rate_configured: backtest.feeRate,
    not_looked_at: check.unseen,
    warnings: check.warnings.map(({ code, message }) => ({ code, message })),
    stops_live: check.obstacles.map(({ code, message }) => ({ code, message })),
    live_could_start: check.obstacles.length === 0,
  };
}

function clockLine({ serverTime, offsetMs, roundTripMs }: ClockReading): string {
  const off = offsetMs === 0 ? 'the same as this machine' : `this machine is ${Math.abs(offsetMs)} ms ${offsetMs > 0 ? 'ahead' : 'behind'}`;
  return `${new Date(serverTime).toISOString()} at the exchange, ${off}; an answer takes ${roundTripMs} ms`;
}

function rulesLine({ status, priceStep, lotStep, minQuantity, maxQuantity, maxMarketQuantity, minNotional, quote, base }: MarketRules): string {
  const rule = (text: string, amount: DecimalText): string[] => (isZero(amount) ? [] : [text]);
  return [
    status === 'trading' ? 'trading' : `takes no orders (${status.replace('_', ' ')})`,
    ...rule(`price in steps of ${priceStep} ${quote}`, priceStep),
    ...rule(`quantity in steps of ${lotStep} ${base}`, lotStep),
    ...rule(`at least ${minQuantity} ${base}`, minQuantity),
    ...rule(`at most ${maxQuantity} ${base}`, maxQuantity),
    ...rule(`at most ${maxMarketQuantity} ${base} in a market order`, maxMarketQuantity),
    ...rule(`worth at least ${minNotional} ${quote}`, minNotional),
  ].join(', ');
}

function keyLine({ canTrade, canWithdraw, canTransfer, ipRestricted, tradingExpiresAt }: KeyPermissions): string {
  const may = (right: boolean | null, what: string): string => (right === null ? `${what}: not told` : `${right ? 'can' : 'cannot'} ${what}`);
  const bound = ipRestricted === null ? 'addresses: not told' : ipRestricted ? 'bound to addresses' : 'works from every address';
  return [may(canTrade, 'trade'), may(canWithdraw, 'withdraw'), may(canTransfer, 'transfer'), bound, ...(tradingExpiresAt === null ? [] : [`trades until ${shortTime(tradingExpiresAt)}`])].join(', ');
}

function verdict({ obstacles }: ExchangeCheck): string[] {
  if (obstacles.length === 0) return ['Nothing stands against live.'];
  return ['What would stop a live start', ...obstacles.map(({ code, message }) => `  - ${code}: ${message}`)];
}
