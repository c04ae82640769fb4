import type { Consequence } from './trading-client.js';
import { objectOf, parseJson } from './wire-shape.js';
import { limitWaitMs } from './exchange-line.js';
import type { WireCall } from './wire-call.js';

/** A certain no: the exchange has looked at the request and not carried it out. */
export interface Refusal {
  readonly code: number;
  /** Words of ours; the exchange's own only where they are known ones. */
  readonly message: string;
  readonly consequence: Consequence;
  readonly retryAfterMs: number;
}

interface Known {
  /** HTTP statuses with which the code is a refusal; with any other it says nothing. */
  readonly statuses: readonly number[];
  readonly words: string;
  readonly consequence: Consequence;
}

const CLOCK = -1021;
const BANNED = 418;

const plain = (words: string, consequence: Consequence = 'none'): Known => ({ statuses: [400], words, consequence });
const keyed = (words: string): Known => ({ statuses: [400, 401, 403], words, consequence: 'halt' });
const limited = (words: string): Known => ({ statuses: [429, BANNED], words, consequence: 'wait' });

/** Every code that is certain. What is not in here says nothing about what became of an order. */
const REFUSALS: ReadonlyMap<number, Known> = new Map([
  [-1003, limited('too many requests')],
  [-1013, plain('a filter of the market stands against it', 'reread_rules')],
  [-1015, limited('too many orders')],
  [CLOCK, plain('its time stamp is too early or too late', 'resync_clock')],
  [-1022, keyed('its signature is not valid')],
  [-1100, plain('a parameter has characters that it must not have')],
  [-1101, plain('a parameter was sent twice, or too many of them')],
  [-1102, plain('a parameter is missing or malformed')],
  [-1103, plain('a parameter is unknown')],
  [-1104, plain('not all parameters were read')],
  [-1105, plain('a parameter is empty')],
  [-1106, plain('a parameter is not wanted here')],
  [-1108, plain('a parameter is too large')],
  [-1111, plain('an amount has too many decimals', 'reread_rules')],
  [-1114, plain('timeInForce is not wanted here')],
  [-1115, plain('timeInForce is not valid')],
  [-1116, plain('the type of the order is not valid')],
  [-1117, plain('the side is not valid')],
  [-1118, plain('the client order id is empty')],
  [-1121, plain('there is no such market', 'reread_rules')],
  [-1128, plain('the parameters do not go together')],
  [-1130, plain('a parameter is not valid')],
  [-1131, plain('recvWindow is too large')],
  [-2014, keyed('the API key has the wrong form')],
  [-2015, keyed('the API key, its IP address or its permissions are refused')],
]);

const REJECTED = -2010;

/**
 * What the engine says with -2010 when it turns an order away. Not a matter of taste: "Duplicate order sent." has the same code and means
 * that an order with our id is there, and so may whatever they say next year.
 */
const REJECTIONS: readonly (readonly [RegExp, Consequence])[] = [
  [/^Account has insufficient balance for requested action\.$/, 'none'],
  [/^Market is closed\.$/, 'reread_rules'],
  [/^Order would immediately (?:match and take|trigger)\.$/, 'none'],
  [/^Stop price would trigger immediately\.$/, 'none'],
  [/^Price \* QTY is zero or less\.$/, 'reread_rules'],
  [/^Order book liquidity is less than (?:`?LOT_SIZE`?) filter minimum quantity\.$/, 'none'],
  [/^(?:Market|Limit|Stop loss|Stop loss limit) orders are not supported for this symbol\.$/, 'reread_rules'],
  [/^This symbol is (?:not permitted|restricted) for this account\.?$/, 'halt'],
  [/^This action is disabled on this account\.$/, 'halt'],
  [/^Rest API trading is not enabled\.$/, 'halt'],
];

/** The exchange's text with -1013, as far as it only names a filter. */
const FILTER = /^Filter failure: [A-Z_]{1,40}$/;

/** @returns the number of an error body `{"code":-1013,"msg":"…"}`; null where there is none */
export function codeOf(body: string): number | null {
  return errorOf(body)?.code ?? null;
}

/** null: nothing certain is known about what became of the request. */
export function refusalOf(call: WireCall): Refusal | null {
  if (call.status === null) return null;
  const error = errorOf(call.body);
  if (call.status === BANNED) return refusal(error?.code ?? -1003, 'this address is banned for a while', 'wait', call);
  if (error === null) return null;
  if (error.code === REJECTED) return rejectionOf(error.text, call);
  const known = REFUSALS.get(error.code);
  if (known === undefined || !known.statuses.includes(call.status)) return null;
  return refusal(error.code, FILTER.test(error.text) ? error.text : known.words, known.consequence, call);
}

function rejectionOf(text: string, call: WireCall): Refusal | null {
  const known = call.status === 400 ? REJECTIONS.find(([form]) => form.test(text)) : undefined;
  return known === undefined ? null : refusal(REJECTED, text, known[1], call);
}

function refusal(code: number, message: string, consequence: Consequence, call: WireCall): Refusal {
  return { code, message, consequence, retryAfterMs: consequence === 'wait' ? limitWaitMs(call) : 0 };
}

function errorOf(body: string): { readonly code: number; readonly text: string } | null {
  // Only error bodies are small and begin like this; a page of a thousand orders need not be read for its code.
  if (body.length > 2000 || !body.trimStart().startsWith('{')) return null;
  try {
    const { code, msg } = objectOf(parseJson(body), 'the reply');
    return Number.isSafeInteger(code) ? { code: code as number, text: typeof msg === 'string' ? msg : '' } : null;
  } catch {
    return null;
  }
}
