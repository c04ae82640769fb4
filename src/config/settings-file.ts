import { readFileSync, statSync } from 'node:fs';

import { ConfigError, type Problem } from '../domain/errors.js';
import { isPlainObject } from '../schema/fields.js';

const MOST_BYTES = 1_048_576;
/** Names under which people keep what must never be in a file. */
const SECRET_NAME = /^(api_?key|api_?secret|secret|secret_?key|private_?key|password|passphrase|token)$/i;
/** Exchange keys are long runs of letters and digits; the path of a folder that is as long has a slash every few letters. */
const SECRET_VALUE = /^(?=(?:.*\/)?[^/]{20})[A-Za-z0-9+/=]{40,}$/;

/**
 * The settings file as it is written, without `$schema`.
 *
 * @throws ConfigError when it cannot be read, is no JSON object, or holds a secret
 */
export function readSettingsFile(path: string): Record<string, unknown> {
  const refuse = (message: string): never => {
    throw new ConfigError([{ path: '', message }], `Cannot use the settings file ${path}`);
  };
  let text: string | null;
  try {
    text = statSync(path).size > MOST_BYTES ? null : readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return refuse('it does not exist; name another one with --config or BOT_CONFIG');
    if (code === 'EISDIR') return refuse('it is a folder');
    return refuse(`it cannot be read (${code})`);
  }
  if (text === null) return refuse(`it is larger than ${MOST_BYTES} bytes`);
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return refuse(`it is not valid JSON: ${(error as Error).message}`);
  }
  if (!isPlainObject(document)) return refuse('it must hold one JSON object');
  const secrets = findSecrets(document, '');
  if (secrets.length > 0) throw new ConfigError(secrets, `Cannot use the settings file ${path}`);
  const { $schema: _, ...settings } = document;
  return settings;
}

function findSecrets(value: Record<string, unknown>, prefix: string): Problem[] {
  return Object.entries(value).flatMap(([key, field]) => {
    const path = prefix + key;
    if (isPlainObject(field)) return findSecrets(field, `${path}.`);
    if (SECRET_NAME.test(key) || (typeof field === 'string' && SECRET_VALUE.test(field))) {
      return [{ path, message: 'looks like a secret. Keys never belong in a file: take it out, and set BINANCE_API_KEY and BINANCE_API_SECRET in the environment' }];
    }
    return [];
  });
}
