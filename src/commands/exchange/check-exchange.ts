import type { BotConfig } from '../../config/bot-config.js';
import type { Clock } from '../../domain/clock.js';
import { compare, fromNumber, isZero, minus, plus, ratio, ZERO, type DecimalText } from '../../domain/decimal.js';
import { ExchangeAuthError, ExchangeError } from '../../domain/errors.js';
import type { Finding } from '../../domain/finding.js';
import type { MarketRules } from '../../domain/market-rules.js';
import type { BookTop, KeyPermissions, TradingAccount } from '../../exchange/trading-client.js';
import { allowsWithdrawals, judgePermissions, missingLiveKeys, type LiveRequest } from '../../execution/live-keys.js';

/** What anyone can ask an exchange. */
export type PublicSide = Pick<TradingAccount, 'serverTime' | 'rules' | 'bookTop'>;
/** What only the owner of an account can. */
export type PrivateSide = Pick<TradingAccount, 'permissions' | 'balances'>;

export interface CheckRequest {
  readonly config: BotConfig;
  readonly live: LiveRequest;
  readonly market: PublicSide;
  /** null where there is no key, or half of one. */
  readonly account: PrivateSide | null;
  /** Where orders would go; null where no client was opened for them. */
  readonly origin: string | null;
  readonly clock: Clock;
}

export interface ClockReading {
  /** UTC ms by the exchange. */
  readonly serverTime: number;
  /** This machine's clock minus the exchange's, ms; the middle of the question is taken for the moment of the answer. */
  readonly offsetMs: number;
  readonly roundTripMs: number;
}

/** Everything that was seen; null for what could not be looked at. */
export interface ExchangeCheck {
  readonly exchange: string;
  readonly environment: string;
  readonly origin: string | null;
  readonly symbol: string;
  readonly clock: ClockReading | null;
  readonly rules: MarketRules | null;
  readonly book: BookTop | null;
  /** Distance of bid and ask, hundredths of a percent of their middle. */
  readonly spreadBps: number | null;
  readonly permissions: KeyPermissions | null;
  readonly freeQuote: DecimalText | null;
  /** What could not be looked at, and why. */
  readonly unseen: readonly string[];
  /** What should be known and stops nothing. */
  readonly warnings: readonly Finding[];
  /** What would stop a live start now; empty: nothing does. */
  readonly obstacles: readonly Pick<Finding, 'code' | 'message'>[];
}

const CLOCK_WARNING_MS = 1000;
const CLOCK_LIMIT_MS = 60_000;

/** Looks at everything that a live start depends on. Sends no order, and changes nothing. */
export async function checkExchange({ config, live, market, account, origin, clock }: CheckRequest): Promise<ExchangeCheck> {
  const { symbol } = config;
  const seen = new Sightings();
  const time = await seen.look('the time', () => readClock(market, clock));
  const rules = await seen.look(`the rules of ${symbol}`, () => market.rules(symbol));
  const book = await seen.look(`the order book of ${symbol}`, () => market.bookTop(symbol));
  const permissions = account === null ? seen.skip('what the key may do', 'no key and secret are set') : await seen.look('what the key may do', () => account.permissions());
  const balances = account === null ? seen.skip('the balances', 'no key and secret are set') : await seen.look('the balances', () => account.balances());
  const quote = symbol.split('/')[1];
  const freeQuote = balances === null ? null : (balances[quote]?.free ?? ZERO);
  const spreadBps = book === null ? null : spreadOf(book);
  const findings = [
    ...(time === null ? [] : clockFindings(time)),
    ...(rules === null ? [] : marketFindings(rules, config)),
    ...bookFindings(spreadBps, config),
    ...(permissions === null ? [] : judgePermissions(permissions, time?.serverTime ?? clock.now(), { allowWithdrawals: allowsWithdrawals(live.env) })),
    ...(freeQuote === null ? [] : moneyFindings(freeQuote, quote, config)),
  ];
  return {
    exchange: config.exchange.id,
    environment: config.exchange.environment,
    origin,
    symbol,
    clock: time,
    rules,
    book,
    spreadBps,
    permissions,
    freeQuote,
    unseen: seen.unseen,
    warnings: findings.filter(({ stops }) => stops === 'nothing'),
    obstacles: [...missingLiveKeys(live), ...seen.obstacles, ...findings.filter(({ stops }) => stops !== 'nothing')],
  };
}

/** Looks at one thing after the other; what fails is noted, and the next is looked at. */
class Sightings {
  readonly unseen: string[] = [];
  readonly obstacles: Pick<Finding, 'code' | 'message'>[] = [];

  async look<T>(what: string, ask: () => Promise<T>): Promise<T | null> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error;
      this.unseen.push(`${what}: ${error.message}`);
      const remedy = error instanceof ExchangeAuthError ? '. Look at the key at the exchange: whether it is active, from which addresses it works, and that its secret belongs to it' : '';
      this.obstacles.push({ code: error.code, message: `${error.message}${remedy}` });
      return null;
    }
  }

  skip(what: string, why: string): null {
    this.unseen.push(`${what}: ${why}`);
    return null;
  }
}

async function readClock(market: PublicSide, clock: Clock): Promise<ClockReading> {
  // The first answer waits for a connection to be made, which would be taken for an error of the clock.
  await market.serverTime();
  const askedAt = clock.now();
  const began = clock.monotonic();
  const serverTime = await market.serverTime();
  const roundTripMs = Math.round(clock.monotonic() - began);
  return { serverTime, offsetMs: Math.round(askedAt + roundTripMs / 2 - serverTime), roundTripMs };
}

function clockFindings({ offsetMs }: ClockReading): Finding[] {
  const off = Math.abs(offsetMs);
  if (off <= CLOCK_WARNING_MS) return [];
  const message = `This machine's clock is ${off} ms ${offsetMs > 0 ? 'ahead of' : 'behind'} the exchange's: set it by NTP`;
  return [{ code: 'CLOCK.OFFSET', message, stops: off > CLOCK_LIMIT_MS ? 'no_orders' : 'nothing' }];
}

function marketFindings({ status, minNotional, symbol }: MarketRules, { risk }: BotConfig): Finding[] {
  const findings: Finding[] = [];
  if (status !== 'trading') findings.push({ code: 'MARKET.NOT_TRADING', message: `${symbol} takes no orders now: ${status.replace('_', ' ')}`, stops: 'no_orders' });
  const size = fromNumber(risk.maxPositionSizeUsd);
  if (compare(size, minNotional) < 0) findings.push({ code: 'SIZE.BELOW_MINIMUM', message: `risk.max_position_size_usd is ${size}, and ${symbol} takes no order below ${minNotional}: raise it`, stops: 'no_entries' });
  return findings;
}

function bookFindings(spreadBps: number | null, { risk }: BotConfig): Finding[] {
  if (spreadBps === null || risk.maxSpreadBps === 0 || spreadBps <= risk.maxSpreadBps) return [];
  return [{ code: 'BOOK.WIDE', message: `The spread is ${spreadBps} bps, above risk.max_spread_bps ${risk.maxSpreadBps}: entries wait until it is smaller`, stops: 'nothing' }];
}

function moneyFindings(freeQuote: DecimalText, quote: string, { risk }: BotConfig): Finding[] {
  const needed = plus(fromNumber(risk.maxPositionSizeUsd), fromNumber(risk.minFreeQuoteUsd));
  if (compare(freeQuote, needed) >= 0) return [];
  return [{ code: 'FUNDS.SHORT', message: `${freeQuote} ${quote} are free; a full entry needs ${needed} (risk.max_position_size_usd and risk.min_free_quote_usd)`, stops: 'nothing' }];
}

function spreadOf({ bid, ask }: BookTop): number | null {
  const twice = plus(bid, ask);
  const share = isZero(twice) ? null : ratio(minus(ask, bid), twice, 10);
  return share === null ? null : Math.round(Number(share) * 2 * 1e7) / 1000;
}
