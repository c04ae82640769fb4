import type { BotConfig } from '../config/bot-config.js';
import { secretVariables, type Credentials, type FoundCredentials } from '../config/credentials.js';
import { ACKNOWLEDGEMENT, WITHDRAWALS_OVERRIDE, type LiveWord } from '../config/live-words.js';
import type { Environment } from '../config/resolve-config.js';
import { SafetyHalt } from '../domain/errors.js';
import type { Finding } from '../domain/finding.js';
import { shortTime } from '../domain/instant.js';
import { DAY_MS } from '../domain/timeframe.js';
import type { KeyPermissions } from '../exchange/trading-client.js';

/** What a live start is judged by, before anything is signed. */
export interface LiveRequest {
  readonly executionMode: BotConfig['executionMode'];
  /** ccxt's name of the exchange. */
  readonly exchange: string;
  /** Holds the words of `live-words.ts`. */
  readonly env: Environment;
  readonly credentials: FoundCredentials;
}

/** One of the three keys of live trading that is missing, and how to give it. */
export interface MissingKey {
  readonly code: 'LIVE.NOT_CONFIGURED' | 'LIVE.NOT_ACKNOWLEDGED' | 'LIVE.KEY_MISSING';
  readonly message: string;
}

/** Everything that is missing for live trading, in words; empty when nothing is. The third key, what the exchange says of the account's, comes after. */
export function missingLiveKeys({ executionMode, exchange, env, credentials }: LiveRequest): MissingKey[] {
  const missing: MissingKey[] = [];
  if (executionMode !== 'live') missing.push({ code: 'LIVE.NOT_CONFIGURED', message: `execution_mode is "${executionMode}" in the settings; live trading needs "live"` });
  if (!isSaid(env, ACKNOWLEDGEMENT)) {
    const said = env[ACKNOWLEDGEMENT.variable] ?? '';
    missing.push({ code: 'LIVE.NOT_ACKNOWLEDGED', message: `${ACKNOWLEDGEMENT.variable} is ${said === '' ? 'not set' : 'set to something else'} in the environment; real money needs ${ACKNOWLEDGEMENT.variable}=${ACKNOWLEDGEMENT.word}` });
  }
  const names = secretVariables(exchange);
  for (const part of ['apiKey', 'secret'] as const) {
    if (credentials[part] === null) missing.push({ code: 'LIVE.KEY_MISSING', message: `${names[part]} is not set in the environment, nor ${names[part]}_FILE` });
  }
  return missing;
}

/**
 * The account's key and secret, when nothing is missing for live trading.
 *
 * @throws SafetyHalt naming everything that is missing, under the code of the first
 */
export function assertLive(request: LiveRequest): Credentials {
  const missing = missingLiveKeys(request);
  const { apiKey, secret, password } = request.credentials;
  if (missing.length > 0 || apiKey === null || secret === null) {
    throw new SafetyHalt(missing.at(0)?.code ?? 'LIVE.KEY_MISSING', `Live trading is refused, and nothing was sent:\n${missing.map(({ message }) => `  - ${message}`).join('\n')}`);
  }
  return { apiKey, secret, password };
}

/** Whether the owner has said that a key that can withdraw may be used. */
export function allowsWithdrawals(env: Environment): boolean {
  return isSaid(env, WITHDRAWALS_OVERRIDE);
}

const WARN_BEFORE_MS = 7 * DAY_MS;

/**
 * What speaks against an account's key, worst first: a key that can withdraw, or cannot trade, halts; what makes a theft easier or an end
 * likely is only told.
 *
 * @param nowMs exchange time
 */
export function judgePermissions({ canTrade, canWithdraw, canTransfer, ipRestricted, tradingExpiresAt }: KeyPermissions, nowMs: number, { allowWithdrawals = false }: { readonly allowWithdrawals?: boolean } = {}): Finding[] {
  const findings: Finding[] = [];
  const add = (stops: Finding['stops'], code: string, message: string): void => void findings.push({ code, message, stops });
  const { variable, word } = WITHDRAWALS_OVERRIDE;
  if (canWithdraw === true && !allowWithdrawals) add('halt', 'LIVE.WITHDRAWALS_ALLOWED', `The key can withdraw: whoever steals it empties the account. Turn withdrawals off at the exchange (or, against all advice, set ${variable}=${word})`);
  if (canTrade === false) add('halt', 'LIVE.TRADING_NOT_ALLOWED', 'The key has no right to trade on spot markets: allow it at the exchange');
  if (tradingExpiresAt !== null && tradingExpiresAt <= nowMs) add('halt', 'LIVE.KEY_EXPIRED', `The key's right to trade ended on ${shortTime(tradingExpiresAt)}: renew it at the exchange`);
  else if (tradingExpiresAt !== null && tradingExpiresAt - nowMs < WARN_BEFORE_MS) add('nothing', 'LIVE.KEY_EXPIRES', `The key's right to trade ends on ${shortTime(tradingExpiresAt)}: bind it to this machine's address or renew it`);
  if (canWithdraw === true && allowWithdrawals) add('nothing', 'LIVE.WITHDRAWALS_OVERRIDDEN', `The key can withdraw, and ${variable} says that this is wanted`);
  if (canTransfer === true) add('nothing', 'LIVE.TRANSFERS_ALLOWED', 'The key can transfer to other accounts: turn transfers off at the exchange');
  if (ipRestricted === false) add('nothing', 'LIVE.NOT_IP_BOUND', "The key works from every address: bind it to this machine's at the exchange");
  if (canTrade === null || canWithdraw === null) add('nothing', 'LIVE.PERMISSIONS_UNKNOWN', 'The exchange does not tell what the key may do: look there that it can trade and cannot withdraw');
  return findings;
}

/**
 * The same for a start: what does not halt comes back, to be told.
 *
 * @throws SafetyHalt with everything that halts
 */
export function assertPermitted(permissions: KeyPermissions, nowMs: number, env: Environment): Finding[] {
  const findings = judgePermissions(permissions, nowMs, { allowWithdrawals: allowsWithdrawals(env) });
  const halting = findings.filter(({ stops }) => stops === 'halt');
  if (halting.length > 0) throw new SafetyHalt(halting[0].code as `LIVE.${string}`, `Live trading is refused, and no order was sent:\n${halting.map(({ message }) => `  - ${message}`).join('\n')}`);
  return findings;
}

function isSaid(env: Environment, { variable, word }: LiveWord): boolean {
  return env[variable] === word;
}
