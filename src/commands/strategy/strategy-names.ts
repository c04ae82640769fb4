import { ConfigError } from '../../domain/errors.js';

/** The names that a strategy has: as users type it, of its file, and of its classes. */
export interface StrategyNames {
  /** `my_idea` */
  readonly name: string;
  /** `my-idea` */
  readonly file: string;
  /** `MyIdea` */
  readonly type: string;
}

const MOST_LETTERS = 41;

/**
 * @param text words of small letters and digits, with `-` or `_` between them
 * @param taken names that there are
 * @throws ConfigError
 */
export function strategyNames(text: string, taken: readonly string[]): StrategyNames {
  const refuse = (message: string): never => {
    throw new ConfigError([{ path: 'name', message }], 'Cannot write a strategy');
  };
  if (!/^[a-z][a-z0-9]*([-_][a-z0-9]+)*$/.test(text) || text.length > MOST_LETTERS) {
    return refuse(`must be words of small letters and digits with - between them, up to ${MOST_LETTERS} letters, e.g. my-idea; was ${JSON.stringify(text)}`);
  }
  const words = text.split(/[-_]/);
  const name = words.join('_');
  if (taken.includes(name)) return refuse(`belongs to a strategy that there is already: ${name}`);
  return { name, file: words.join('-'), type: words.map((word) => word[0].toUpperCase() + word.slice(1)).join('') };
}
