/** What is known of one call to the exchange, from the wire alone. What the library made of it is not asked. */
export interface WireCall {
  /** false: nothing has left this machine. */
  readonly entered: boolean;
  /** HTTP status; null where no reply came, or not the whole of it. */
  readonly status: number | null;
  /** The whole body; empty where none came. */
  readonly body: string;
  /** ms for which the reply asks to be left alone; 0 where it does not. */
  readonly retryAfterMs: number;
  /** Why there is no reply, in a word of ours or of the network (`ECONNRESET`); null where there is one. */
  readonly failure: string | null;
  /** What the library returned, for exchanges whose replies only the library can read. */
  readonly value: unknown;
  /** Class of what the library threw, null where it returned. */
  readonly thrown: string | null;
}

export const REDIRECTED = 'REDIRECT';
export const DEADLINE = 'DEADLINE';

/** The connection was never made, so not one byte of the request has left. */
const NEVER_CONNECTED: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

/** Certain: the exchange has not seen the request. */
export function neverLeft({ entered, failure }: WireCall): boolean {
  return !entered || (failure !== null && NEVER_CONNECTED.has(failure));
}

/** A whole reply with a status that says yes. */
export function isSuccess({ failure, status }: WireCall): boolean {
  return failure === null && status !== null && status >= 200 && status < 300;
}

/** A word for why a fetch failed: the network's code, the name of the error where there is none. Never its text, which may hold an address. */
export function failureOf(thrown: unknown): string {
  const chain: { code?: unknown; name?: unknown; message?: unknown; cause?: unknown }[] = [];
  for (let error = thrown; typeof error === 'object' && error !== null && chain.length < 6; error = (error as Error).cause) chain.push(error);
  if (chain.some(({ message }) => typeof message === 'string' && /\bunexpected redirect\b/.test(message))) return REDIRECTED;
  const code = chain.map((error) => error.code).find((value) => typeof value === 'string' && /^[A-Z][A-Z0-9_]{2,60}$/.test(value));
  return (code as string | undefined) ?? nameOf(chain.at(0)?.name);
}

/** Seconds or a date, as `Retry-After` has them; 0 for none. Longer than any ban is no wish but a fault. */
export function retryAfterMs(header: string | null, nowMs: number): number {
  if (header === null) return 0;
  const ms = /^\d{1,9}$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - nowMs;
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, LONGEST_BAN_MS) : 0;
}

const LONGEST_BAN_MS = 3 * 86_400_000;

function nameOf(name: unknown): string {
  return typeof name === 'string' && /^[A-Za-z]{1,40}$/.test(name) ? name : 'unknown fault';
}

/** Its class, by name; errors of another realm are none of our `Error`. */
export function classOf(thrown: unknown): string {
  if (typeof thrown !== 'object' || thrown === null) return 'unknown fault';
  const { name } = thrown as Error;
  return nameOf(name === 'Error' ? thrown.constructor.name : name);
}
