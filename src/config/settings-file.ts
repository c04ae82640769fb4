import { readFileSync, statSync } from 'node:fs';

import { ConfigError } from '../domain/errors.js';
import { isPlainObject } from '../schema/fields.js';
import { jsonProblem } from './json-problem.js';
import { findSecrets } from './secret-shape.js';

const MOST_BYTES = 1_048_576;

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
    return refuse(`it is not valid JSON: ${jsonProblem(error)}`);
  }
  if (!isPlainObject(document)) return refuse('it must hold one JSON object');
  const secrets = findSecrets(document);
  if (secrets.length > 0) throw new ConfigError(secrets, `Cannot use the settings file ${path}`);
  const { $schema: _, ...settings } = document;
  return settings;
}
