import {
  badKey, badKeyFormat, badSignature, illegalCharacters, missing, recvWindowTooLong, timestampAhead, timestampStale,
} from '../base/api-error.js';
import type { KeyConfig, Permission } from '../config/config.js';
import type { Call } from './call.js';
import { matchesSignature, signedPayload } from './signature.js';

const DEFAULT_RECV_WINDOW_MS = 5000;
const MAX_RECV_WINDOW_MS = 60_000;
const AHEAD_LIMIT_MS = 1000;
const RECV_WINDOW = '^([0-9]{1,20})(\\.[0-9]{1,3})?$';
/** Timestamps from here on are microseconds. */
const FIRST_MICROSECONDS = 1e15;

/** What the checks found out, for the journal. */
export interface AccessFindings {
  keyOk: boolean | null;
  sigOk: boolean | null;
}

export interface AccessRules {
  keys: readonly KeyConfig[];
  permission: Permission;
  serverTimeMs: number;
  /** Factor on the time limits, for clocks that run fast. */
  timeTolerance: number;
}

/**
 * Checks key, time and signature of a signed request, in the exchange's order.
 *
 * @param findings filled in as far as the checks came
 * @throws ApiError of the first check that fails
 */
export function checkAccess(call: Call, rules: AccessRules, findings: AccessFindings): KeyConfig {
  const name = call.raw.headers['x-mbx-apikey'];
  findings.keyOk = false;
  if (name === undefined || !/^[A-Za-z0-9]{64}$/.test(name)) throw badKeyFormat();
  const key = rules.keys.find((known) => known.key === name);
  if (key === undefined || !key.active || !key.perms.includes(rules.permission)) throw badKey();
  if (key.ips !== null && !key.ips.includes(call.raw.ip)) throw badKey();
  findings.keyOk = true;

  const timestamp = timestampMs(call);
  const recvWindow = recvWindowMs(call);
  if (recvWindow > MAX_RECV_WINDOW_MS) throw recvWindowTooLong();
  if (timestamp >= rules.serverTimeMs + AHEAD_LIMIT_MS * rules.timeTolerance) throw timestampAhead();
  checkRecvWindow(call, rules.serverTimeMs, rules.timeTolerance);

  const signature = call.values.get('signature');
  if (signature === undefined || signature === '') throw missing('signature');
  findings.sigOk = matchesSignature(key.secret, signedPayload(call.raw.query, call.raw.body), signature);
  if (!findings.sigOk) throw badSignature();
  return key;
}

/** The check that is repeated on entry to the matching engine. */
export function checkRecvWindow(call: Call, serverTimeMs: number, timeTolerance: number): void {
  if (serverTimeMs - timestampMs(call) > recvWindowMs(call) * timeTolerance) throw timestampStale();
}

function timestampMs(call: Call): number {
  const text = call.values.get('timestamp') ?? '';
  if (!/^[0-9]{1,20}$/.test(text)) throw missing('timestamp');
  const value = Number(text);
  return value >= FIRST_MICROSECONDS ? value / 1000 : value;
}

function recvWindowMs(call: Call): number {
  const text = call.values.get('recvWindow');
  if (text === undefined) return DEFAULT_RECV_WINDOW_MS;
  if (!new RegExp(RECV_WINDOW).test(text)) throw illegalCharacters('recvWindow', RECV_WINDOW);
  return Number(text);
}
