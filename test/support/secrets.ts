import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

import { DEFAULT_KEY, DEFAULT_SECRET } from './exchange/config/config.js';

/** Key and secret that no test may find again where somebody could read them: those of the test exchange. */
export const CANARIES: readonly string[] = [DEFAULT_KEY, DEFAULT_SECRET];

/** What is larger is candles, and takes longer to read than the test that wrote it. */
const MOST_BYTES = 256 * 2 ** 20;

const SIGNATURE = /signature=[0-9a-f]{64}/i;

interface Form {
  readonly name: string;
  readonly bytes: Buffer;
}

const formsBySecret = new Map<string, readonly Form[]>();

/**
 * What of these secrets stands in a text or in bytes, in any form in which it could be read again.
 *
 * @returns names of the forms, e.g. `base64 of SSSS…`; never the secret itself. Empty when there is nothing
 */
export function secretsIn(content: string | Uint8Array, secrets: readonly string[] = CANARIES): string[] {
  const bytes = typeof content === 'string' ? Buffer.from(content) : Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  const found = secrets.flatMap((secret) => formsOf(secret).flatMap(({ name, bytes: form }) => (bytes.includes(form) ? [`${name} of ${secret.slice(0, 4)}…`] : [])));
  const at = bytes.indexOf('ignature=');
  return at >= 0 && SIGNATURE.test(bytes.toString('latin1')) ? [...found, 'a signature'] : found;
}

/** The same for every file below a folder (or for one file), `path: form`. */
export function secretsBelow(path: string, secrets: readonly string[] = CANARIES): string[] {
  if (!existsSync(path)) return [];
  return filesBelow(path).flatMap((file) => secretsIn(readFileSync(file), secrets).map((form) => `${relative(path, file) || file}: ${form}`));
}

/** For whoever cleans up after a test. @throws Error naming every place */
export function assertNoSecretsBelow(folder: string, secrets?: readonly string[]): void {
  const found = secretsBelow(folder, secrets);
  if (found.length > 0) throw new Error(`A secret was written to disk:\n${found.join('\n')}`);
}

/** For what a program has printed. @throws Error naming the stream */
export function assertNoSecretsSaid(said: Readonly<Record<string, string>>, secrets?: readonly string[]): void {
  const found = Object.entries(said).flatMap(([stream, text]) => secretsIn(text, secrets).map((form) => `${stream}: ${form}`));
  if (found.length > 0) throw new Error(`A secret was printed:\n${found.join('\n')}`);
}

function filesBelow(path: string): string[] {
  const stats = lstatSync(path);
  if (stats.isDirectory()) return readdirSync(path).flatMap((name) => filesBelow(join(path, name)));
  return stats.isFile() && stats.size > 0 && stats.size <= MOST_BYTES ? [path] : [];
}

function formsOf(secret: string): readonly Form[] {
  const known = formsBySecret.get(secret);
  if (known !== undefined) return known;
  const bytes = Buffer.from(secret);
  const texts: [string, string][] = [
    ['the text', secret],
    ['the JSON text', JSON.stringify(secret).slice(1, -1)],
    ['the address', encodeURIComponent(secret)],
    ['hex', bytes.toString('hex')],
    ['HEX', bytes.toString('hex').toUpperCase()],
    // What stands before it shifts the letters; those at both ends depend on its neighbours.
    ...[0, 1, 2].flatMap((offset): [string, string][] => {
      const shifted = Buffer.concat([Buffer.alloc(offset), bytes]);
      return (['base64', 'base64url'] as const).map((encoding) => [encoding, shifted.toString(encoding).replaceAll('=', '').slice(offset === 0 ? 0 : 4, -4)]);
    }),
  ];
  // Most secrets look the same in some of them; the first name counts.
  const forms = texts.filter(([, text], i) => texts.findIndex(([, other]) => other === text) === i).map(([name, text]) => ({ name, bytes: Buffer.from(text) }));
  formsBySecret.set(secret, forms);
  return forms;
}
