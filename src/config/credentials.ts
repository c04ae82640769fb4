import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';

import { ConfigError, type Problem } from '../domain/errors.js';
import { knownSecrets } from '../domain/redact.js';
import { Secret } from '../domain/secret.js';
import type { Environment } from './resolve-config.js';

/** What an exchange account is entered with. Nothing prints it. */
export interface Credentials {
  readonly apiKey: Secret;
  readonly secret: Secret;
  /** Some exchanges have a third part; null for all others, Binance among them. */
  readonly password: Secret | null;
}

/** What was found; null for each part that is not set. */
export type FoundCredentials = { readonly [part in keyof Credentials]: Secret | null };

/** A secret file as it lies there. */
export interface SecretFile {
  readonly text: string;
  /** Permission bits, e.g. 0o400. */
  readonly mode: number;
}

/** @throws Error with a code of the file system */
export type SecretFileReader = (path: string) => SecretFile;

/** Names of an exchange's variables; each may end in `_FILE` and then names a file. */
export function secretVariables(exchange: string): { readonly [part in keyof Credentials]: string } {
  const prefix = exchange.toUpperCase();
  return { apiKey: `${prefix}_API_KEY`, secret: `${prefix}_API_SECRET`, password: `${prefix}_API_PASSWORD` };
}

export function fileVariable(variable: string): string {
  return `${variable}_FILE`;
}

/**
 * Key and secret of an exchange account, from `{EXCHANGE}_API_KEY` and its siblings or from the files that `…_FILE` name. From here on the
 * redactor hides what was read. Paper trading and backtests never call this.
 *
 * @throws ConfigError when one is set twice, cannot be read, can be read by others, or is no key; what it is, is never in the message
 */
export function credentialsOf(env: Environment, readFile: SecretFileReader = readSecretFile, exchange = 'binance'): FoundCredentials {
  const problems: Problem[] = [];
  const { apiKey, secret, password } = secretVariables(exchange);
  const shapes = SHAPES[exchange] ?? OTHER_SHAPES;
  const found = {
    apiKey: partOf(env, apiKey, shapes.apiKey, readFile, problems),
    secret: partOf(env, secret, shapes.secret, readFile, problems),
    password: partOf(env, password, PASSWORD, readFile, problems),
  };
  if (problems.length > 0) throw new ConfigError(problems, 'Cannot use the keys of the exchange account');
  return found;
}

/** @throws ConfigError when a secret is among the words that the program was started with: whoever lists the processes reads it there */
export function refuseInArguments(argv: readonly string[], { apiKey, secret, password }: FoundCredentials): void {
  const texts = [apiKey, secret, password].flatMap((part) => (part === null ? [] : [part.reveal()]));
  const at = argv.findIndex((word) => texts.some((text) => word.includes(text)));
  if (at >= 0) {
    throw new ConfigError([{ path: `word ${at + 1} of the command line`, message: 'holds a key of the exchange account, which everybody who lists the processes can read. Take it out, and change the key at the exchange' }], 'Invalid arguments');
  }
}

/** A secret file, read only when it is a plain file. */
export function readSecretFile(path: string): SecretFile {
  const file = openSync(path, 'r');
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) throw Object.assign(new Error('no plain file'), { code: 'it is no plain file' });
    if (stats.size > MOST_BYTES) throw Object.assign(new Error('too long'), { code: `it is longer than ${MOST_BYTES} bytes` });
    return { text: readFileSync(file, 'utf8'), mode: stats.mode & 0o777 };
  } finally {
    closeSync(file);
  }
}

const MOST_BYTES = 16_384;

/** What a secret looks like. */
export interface Shape {
  readonly pattern: RegExp;
  readonly expected: string;
}

const PEM = /^-----BEGIN [A-Z ]*PRIVATE KEY-----\n[A-Za-z0-9+/=\n]+\n-----END [A-Z ]*PRIVATE KEY-----$/;
const LETTERS_64: Shape = { pattern: /^[A-Za-z0-9]{64}$/, expected: '64 letters and digits' };
const PRINTABLE: Shape = { pattern: /^[!-~]{8,512}$/, expected: '8 to 512 characters without blanks' };
const PASSWORD: Shape = { pattern: /^[ -~]{1,512}$/, expected: '1 to 512 characters on one line' };
const orPem = ({ pattern, expected }: Shape): Shape => ({ pattern: new RegExp(`${pattern.source}|${PEM.source}`), expected: `${expected}, or a private key in PEM` });

const OTHER_SHAPES = { apiKey: PRINTABLE, secret: orPem(PRINTABLE) };
const SHAPES: Readonly<Record<string, typeof OTHER_SHAPES>> = { binance: { apiKey: LETTERS_64, secret: orPem(LETTERS_64) } };

/**
 * A secret from its variable or from the file that `…_FILE` names; null when neither is set, and when it cannot be used, which is then among
 * `problems`. From here on the redactor hides it.
 */
export function partOf(env: Environment, variable: string, shape: Shape, readFile: SecretFileReader, problems: Problem[]): Secret | null {
  const inFile = fileVariable(variable);
  const path = env[inFile] ?? '';
  const value = env[variable] ?? '';
  if (path !== '' && value !== '') {
    hide(value);
    problems.push({ path: variable, message: `is set, and ${inFile} is set, too: take one of them out` });
    return null;
  }
  const text = path === '' ? value : fileText(path, inFile, readFile, problems);
  if (text === null || text === '') return null;
  // A key on one line in the environment spells its line breaks.
  const trimmed = text.trim().replaceAll('\r\n', '\n').replaceAll('\\n', '\n');
  const secret = hide(trimmed);
  if (shape.pattern.test(trimmed)) return secret;
  const what = trimmed === '' ? 'nothing but blanks' : `${trimmed.length} characters of another form`;
  problems.push({ path: path === '' ? variable : inFile, message: `must be ${shape.expected}, was ${what} (not shown)` });
  return null;
}

function fileText(path: string, variable: string, readFile: SecretFileReader, problems: Problem[]): string | null {
  let file: SecretFile;
  try {
    file = readFile(path);
  } catch (error) {
    const { code = 'unknown fault' } = error as NodeJS.ErrnoException;
    problems.push({ path: variable, message: `names ${path}, which cannot be read (${code})` });
    return null;
  }
  hide(file.text.trim());
  if (file.mode !== 0o400 && file.mode !== 0o600) {
    problems.push({ path: variable, message: `names ${path}, which has mode 0${file.mode.toString(8)}: only its owner may read it. Run: chmod 400 ${path}` });
    return null;
  }
  if (file.text.trim() === '') problems.push({ path: variable, message: `names ${path}, which is empty` });
  return file.text.trim() === '' ? null : file.text;
}

/** Also what is refused: it may be a key with a letter too many. */
function hide(text: string): Secret {
  const secret = Secret.of(text);
  knownSecrets.add(secret);
  return secret;
}
