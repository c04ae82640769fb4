import { redact } from '../domain/redact.js';
import type { Secret } from '../domain/secret.js';
import { Channel, failed, type ChannelName, type Delivery } from './channel.js';
import type { Notice } from './notice.js';

export interface HttpChannelParts {
  readonly name: ChannelName;
  /** Where to; in it is what the receiver knows us by. */
  readonly address: Secret;
  readonly body: (notice: Notice) => string;
  readonly fetch: typeof fetch;
}

/** What is read of an answer that tells how long to wait. */
const MOST_BYTES = 16_384;
const MOST_OF_A_REASON = 160;

/** Sends JSON by POST. Takes no redirect, and reads no more of an answer than it needs. */
export class HttpChannel extends Channel {
  readonly name: ChannelName;

  constructor(private readonly parts: HttpChannelParts) {
    super();
    this.name = parts.name;
  }

  async deliver(notice: Notice, signal: AbortSignal): Promise<Delivery> {
    const { address, body, fetch: ask } = this.parts;
    try {
      const headers = { 'content-type': 'application/json', 'user-agent': 'trading-bot' };
      // A redirect would take the message, and whoever knows the address, elsewhere.
      const response = await ask(address.reveal(), { method: 'POST', headers, body: body(notice), redirect: 'manual', signal });
      return await judge(response);
    } catch (error) {
      return failed(signal.aborted ? 'no answer in time' : `not reached (${reasonOf(error)})`, { retry: true });
    }
  }
}

async function judge(response: Response): Promise<Delivery> {
  const { status } = response;
  if (response.ok) {
    await end(response);
    return { kind: 'delivered' };
  }
  if (response.type === 'opaqueredirect' || (status >= 300 && status < 400)) {
    await end(response);
    return failed(`answered with a redirect (${status}), which is not followed`, { retry: false });
  }
  const text = await beginningOf(response);
  const why = `answered ${status}${wordsOf(text)}`;
  if (status === 429 || status === 503) return failed(why, { retry: true, retryAfterMs: retryAfterMs(response.headers.get('retry-after'), text) });
  return failed(why, { retry: status >= 500 || status === 408 });
}

/** The first bytes; what comes after them is never read, and the connection ends. */
async function beginningOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  if (response.body !== null) {
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      parts.push(part);
      bytes += part.byteLength;
      if (bytes >= MOST_BYTES) break;
    }
  }
  return Buffer.concat(parts).subarray(0, MOST_BYTES).toString('utf8');
}

async function end(response: Response): Promise<void> {
  await response.body?.cancel();
}

/** Seconds, as header or in the body: Telegram says `parameters.retry_after`, Discord `retry_after`. A date is not taken: clocks differ. */
function retryAfterMs(header: string | null, text: string): number {
  const inHeader = header !== null && /^\d{1,9}(\.\d{1,6})?$/.test(header.trim()) ? Number(header) : 0;
  return Math.ceil(Math.max(inHeader, secondsIn(text)) * 1000);
}

function secondsIn(text: string): number {
  const { retry_after: own, parameters } = documentIn(text) as { retry_after?: unknown; parameters?: { retry_after?: unknown } | null };
  const seconds = own ?? parameters?.retry_after;
  return typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? seconds : 0;
}

/** What the receiver says is wrong, where it says so as Telegram and Discord do; anything else may be a page of somebody else's. */
function wordsOf(text: string): string {
  const { description, message } = documentIn(text) as { description?: unknown; message?: unknown };
  const words = typeof description === 'string' ? description : message;
  return typeof words === 'string' ? `: ${redact(words).replace(/[^!-~]+/g, ' ').slice(0, MOST_OF_A_REASON)}` : '';
}

function documentIn(text: string): object {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}

/** A code of the network, e.g. ECONNREFUSED; the message of an error may hold the address. */
function reasonOf(error: unknown): string {
  const { cause, code } = error as { cause?: { code?: unknown }; code?: unknown };
  const found = cause?.code ?? code;
  return typeof found === 'string' && /^[A-Z0-9_]{2,60}$/.test(found) ? found : 'the connection failed';
}
