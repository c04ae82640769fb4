import type { Secret } from './secret.js';

const HIDDEN = '[redacted]';

/** Shorter texts are words, not secrets: hiding every `key` in a log would hide the log. */
const SHORTEST_SECRET = 8;

/** What stands before something that only the exchange may see: `signature=…` of an address, a header, a field of a printed client. */
const LABELLED = [
  /(\bsignature\b(?:"|'|%22)?\s*[=:]\s*["']?)([^&\s"'<>,;)}\]]+)/,
  /(\bx-mbx-apikey["']?\s*[=:,]\s*["']?)([^&\s"'<>,;)}\]]+)/,
  /(\b(?:proxy-)?authorization["']?\s*[=:]\s*["']?)((?:(?:basic|bearer|digest|token)\s+)?[^\s"'<>,;)}\]]+)/,
  /((?:\b|_)(?:api_?key|(?:api_?)?secret(?:_?key)?|private_?key|passphrase|password)["']?\s*[=:]\s*["'])([^"']+)/,
];
const PATTERN = new RegExp(LABELLED.map(({ source }) => source).join('|'), 'gi');
/** Groups of the pattern come in pairs: the label and what follows it. */
const PAIRS = LABELLED.map((_, pair) => pair * 2);

/**
 * Takes secrets out of texts, in front of everything that can be read later: logs, messages, the ledger, result files. It knows the very secrets it was
 * told of, in every form in which they travel (plain, escaped for JSON or an address, base64 at any offset, hexadecimal), and the labels under
 * which exchanges send them. A text without any comes back as it is, the same object.
 */
export class Redactor {
  private readonly forms = new Set<string>();
  private known: RegExp | null = null;
  private shortest = Infinity;

  /** From now on this one is hidden. Texts of under eight characters are not: they cannot be told from words. */
  add(secret: Secret): void {
    const text = secret.reveal();
    if (text.length < SHORTEST_SECRET) return;
    for (const form of formsOf(text)) this.forms.add(form);
    // The longest first: a form may begin as a shorter one does.
    const sorted = [...this.forms].sort((a, b) => b.length - a.length);
    this.shortest = sorted.at(-1)?.length ?? Infinity;
    this.known = new RegExp(sorted.map(escapeForPattern).join('|'), 'g');
  }

  /** Whether it knows no secret yet; then only labels are looked for. */
  get isEmpty(): boolean {
    return this.known === null;
  }

  redact(text: string): string {
    const hidden = this.redactKnown(text);
    return hidden.length < 'signature=x'.length ? hidden : hidden.replace(PATTERN, hideValue);
  }

  /** Only what it was told of, and free where that is nothing: for texts that are long and our own. */
  redactKnown(text: string): string {
    return this.known === null || text.length < this.shortest ? text : text.replace(this.known, HIDDEN);
  }

  /** The same for whatever a logger is given: texts at any depth, keys included, errors as their stack. Values without a text stay as they are. */
  redactValue(value: unknown, depth = 0): unknown {
    if (typeof value === 'string') return this.redact(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth >= MOST_DEPTH) return '[too deep]';
    if (isError(value)) return this.redact(stackOf(value));
    if (Array.isArray(value)) return value.map((item) => this.redactValue(item, depth + 1));
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    const json = (value as { toJSON?: unknown }).toJSON;
    if (typeof json === 'function') return this.redactValue((json as () => unknown).call(value), depth + 1);
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [this.redact(key), this.redactValue(field, depth + 1)]));
  }
}

const MOST_DEPTH = 8;
const MOST_CAUSES = 5;

/** The secrets of this process, from the moment on at which it reads them. */
export const knownSecrets = new Redactor();

/** A text as it may be printed, logged or stored. */
export function redact(text: string): string {
  return knownSecrets.redact(text);
}

/** What a developer wants to see of an error that nobody expected: its stack, and those of what caused it. */
export function stackOf(error: Error): string {
  const parts = [textOf(error)];
  let { cause } = error;
  for (let depth = 0; cause !== undefined && cause !== null && depth < MOST_CAUSES; depth++) {
    parts.push(`Caused by: ${isError(cause) ? textOf(cause) : plainText(cause)}`);
    cause = isError(cause) ? cause.cause : undefined;
  }
  return parts.join('\n');
}

function textOf({ name, message, stack }: Error): string {
  return stack ?? `${name}: ${message}`;
}

function plainText(cause: unknown): string {
  return typeof cause === 'string' ? cause : `of type ${typeof cause}`;
}

/** By its looks: errors of another realm are none of our `Error`. */
function isError(value: unknown): value is Error {
  return typeof value === 'object' && value !== null && typeof (value as Error).message === 'string' && typeof (value as Error).name === 'string';
}

function hideValue(_match: string, ...groups: (string | undefined)[]): string {
  const pair = PAIRS.find((at) => groups[at] !== undefined) as number;
  return `${groups[pair]}${HIDDEN}`;
}

/** Every spelling of a secret that can be found again by its bytes. */
function formsOf(secret: string): string[] {
  const forms = [secret, JSON.stringify(secret).slice(1, -1), JSON.stringify(JSON.stringify(secret)).slice(3, -3), encodeURIComponent(secret), encodeURIComponent(encodeURIComponent(secret)), new URLSearchParams({ s: secret }).toString().slice(2)];
  const bytes = new TextEncoder().encode(secret);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  forms.push(hex, hex.toUpperCase());
  for (const offset of [0, 1, 2]) {
    const core = base64Core(bytes, offset);
    forms.push(core, core.replaceAll('+', '-').replaceAll('/', '_'), encodeURIComponent(core));
  }
  // A key of several lines (PEM) is printed line by line, too.
  if (secret.includes('\n')) forms.push(...secret.split('\n').filter((line) => line.length >= SHORTEST_LINE && !line.startsWith('-----')));
  return forms.filter((form) => form.length >= SHORTEST_SECRET);
}

const SHORTEST_LINE = 16;

/**
 * The characters that the secret's own bytes make in base64 when `offset` bytes (mod 3) stand before it, whatever those are: so
 * `base64(key + ':' + secret)` is found, too.
 */
function base64Core(bytes: Uint8Array, offset: number): string {
  const before = '\0'.repeat(offset);
  const encoded = btoa(before + String.fromCharCode(...bytes)).replaceAll('=', '');
  const first = Math.ceil((offset * 8) / 6);
  const last = Math.floor(((offset + bytes.length) * 8) / 6);
  return encoded.slice(first, last);
}

function escapeForPattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
