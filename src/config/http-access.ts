import { ConfigError, type Problem } from '../domain/errors.js';
import type { Secret } from '../domain/secret.js';
import { partOf, readSecretFile, type SecretFileReader, type Shape } from './credentials.js';
import type { HttpConfig } from './http-config.js';
import type { Environment } from './resolve-config.js';

/** Or `HTTP_TOKEN_FILE`, which names a file. */
export const HTTP_TOKEN_VARIABLE = 'HTTP_TOKEN';

const TOKEN: Shape = { pattern: /^[!-~]{32,512}$/, expected: '32 to 512 characters without blanks, e.g. what `openssl rand -hex 32` prints' };
const FEWEST_DIFFERENT = 10;

/**
 * What a caller must bring along. Whoever listens for other machines must ask for it; on this machine alone it may be left out.
 *
 * @throws ConfigError when it is missing, too short, or nothing that was drawn by lot
 */
export function httpToken({ host }: Pick<HttpConfig, 'host'>, env: Environment, readFile: SecretFileReader = readSecretFile): Secret | null {
  const problems: Problem[] = [];
  const token = partOf(env, HTTP_TOKEN_VARIABLE, TOKEN, readFile, problems);
  if (token !== null && new Set(token.reveal()).size < FEWEST_DIFFERENT) {
    problems.push({ path: HTTP_TOKEN_VARIABLE, message: `must be ${TOKEN.expected}, was made of fewer than ${FEWEST_DIFFERENT} different characters (not shown)` });
  }
  if (token === null && problems.length === 0 && !isLoopbackAddress(host)) {
    problems.push({ path: HTTP_TOKEN_VARIABLE, message: `is not set, and http.host ${host} can be reached from other machines: set it (or ${HTTP_TOKEN_VARIABLE}_FILE) to ${TOKEN.expected}, or listen on 127.0.0.1` });
  }
  if (problems.length > 0) throw new ConfigError(problems, 'Cannot open the HTTP endpoint');
  return token;
}

export function isLoopbackAddress(host: string): boolean {
  return /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host) || host === '::1';
}
