import { ConfigError, type Problem } from '../domain/errors.js';
import { isPlainObject } from '../schema/fields.js';

/**
 * Names under which people keep what must never be in a file, word by word: `api_key`, `apiSecret`, `--token`, `BOT_PASSWORD`. A key without another
 * word before it may be anything.
 */
const SECRET_NAME = /[a-z0-9][-_.]keys?($|[-_.])|(^|[-_.])(apikeys?|secrets?|apisecret|secretkey|privatekey|passwords?|passphrase|tokens?)($|[-_.])/i;
/** Exchange keys are long runs of letters and digits; the path of a folder that is as long has a slash every few letters. */
const SECRET_VALUE = /^(?=(?:.*\/)?[^/]{20})[A-Za-z0-9+/=]{40,}$/;
/** A key of several lines, or its first line. */
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

const REMEDY = 'looks like a secret. Keys never belong in settings, parameters or flags, which others can read: take it out, and set BINANCE_API_KEY and BINANCE_API_SECRET (or their _FILE) in the environment';

/** Whether a secret would have such a name. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name.replace(/([a-z0-9])([A-Z])/g, '$1_$2'));
}

/** Whether a text looks like a key or a secret of an exchange. */
export function isSecretValue(text: string): boolean {
  if (text.startsWith('/')) return text.slice(1).split('/').some((name) => SECRET_VALUE.test(name));
  return SECRET_VALUE.test(text) || PRIVATE_KEY.test(text);
}

/** Whether one of the words in a text does: `api_key:…`, `{"a":"…"}`. */
export function holdsSecretValue(text: string): boolean {
  return PRIVATE_KEY.test(text) || text.split(/[\s"'`{}[\](),:;=|]+/).some(isSecretValue);
}

/** Every place in a document that seems to hold a secret. Nothing of what it holds is in the messages. */
export function findSecrets(document: Readonly<Record<string, unknown>>, prefix = ''): Problem[] {
  return Object.entries(document).flatMap(([key, field]) => secretsIn(field, prefix + shownName(key), isSecretName(key)));
}

/** A flag or a variable and what was given with it; null when there is nothing to say against it. */
export function secretProblem(name: string, text: string): Problem | null {
  return isSecretName(name) || holdsSecretValue(text) ? { path: shownName(name), message: REMEDY } : null;
}

/**
 * The words that the program was started with, before anything looks at them: whoever lists the processes reads them, and messages
 * about bad usage repeat them.
 *
 * @throws ConfigError
 */
export function assertNoSecretIn(argv: readonly string[]): void {
  const problems = argv.flatMap((word, i): Problem[] => {
    const flag = /^--?([^=]+)/.exec(word)?.[1] ?? '';
    if (isSecretName(flag)) return [{ path: `--${shownName(flag)}`, message: REMEDY }];
    return holdsSecretValue(word.replace(/^-+/, '')) ? [{ path: `word ${i + 1} of the command line`, message: REMEDY }] : [];
  });
  if (problems.length > 0) throw new ConfigError(problems, 'Invalid arguments');
}

function secretsIn(field: unknown, path: string, named: boolean): Problem[] {
  if (isPlainObject(field)) return named ? [{ path, message: REMEDY }] : findSecrets(field, `${path}.`);
  if (Array.isArray(field) && !named) return field.flatMap((item, i) => secretsIn(item, `${path}[${i}]`, false));
  return named || (typeof field === 'string' && isSecretValue(field)) || path.endsWith(HIDDEN_NAME) ? [{ path, message: REMEDY }] : [];
}

const HIDDEN_NAME = '[hidden]';

/** The secret may stand on the wrong side of the colon. */
function shownName(name: string): string {
  return isSecretValue(name) ? HIDDEN_NAME : name;
}
