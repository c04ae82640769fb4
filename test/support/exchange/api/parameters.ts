import {
  duplicateValues, emptyParameter, illegalCharacters, invalidSymbol, missing, tooPrecise, unreadParameters,
} from '../base/api-error.js';
import { type Units, units } from '../base/decimal.js';

export type ParameterKind = 'symbol' | 'symbols' | 'decimal' | 'integer' | 'clientOrderId' | 'text';

/** The parameters an endpoint reads, by name. */
export type ParameterTable = Readonly<Record<string, ParameterKind>>;

/** One `name=value` pair of a query string or form body, not yet decoded. */
export type RawPair = readonly [name: string, value: string];

/** What every signed request may carry besides its own parameters. */
export const SIGNING_PARAMETERS: ParameterTable = { timestamp: 'integer', recvWindow: 'text', signature: 'text' };

const LEGAL: Record<Exclude<ParameterKind, 'text'>, string> = {
  symbol: '^[A-Z0-9-_.]{1,20}$',
  symbols: '^\\[("[A-Z0-9-_.]{1,20}"(,"[A-Z0-9-_.]{1,20}"){0,}){0,1}\\]$',
  decimal: '^([0-9]{1,20})(\\.[0-9]{1,20})?$',
  integer: '^[0-9]{1,20}$',
  clientOrderId: '^[a-zA-Z0-9-_]{1,36}$',
};

const PATTERNS = Object.fromEntries(
  Object.entries(LEGAL).map(([kind, legal]) => [kind, new RegExp(legal)]),
) as Record<Exclude<ParameterKind, 'text'>, RegExp>;

const MAX_DECIMALS = 8;

export function splitPairs(text: string): RawPair[] {
  return text
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    });
}

/** Percent-decodes; text that does not decode stays as it is. */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** Decoded values by name; where query and body both have a name, the query wins. */
export function decodePairs(query: readonly RawPair[], body: readonly RawPair[]): Map<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of [...query, ...body]) {
    const decoded = decode(name);
    if (!values.has(decoded)) values.set(decoded, decode(value));
  }
  return values;
}

/** Values that have passed the exchange's checks of form. */
export class Parameters {
  constructor(private readonly values: ReadonlyMap<string, string>) {}

  has(name: string): boolean {
    return this.values.has(name);
  }

  text(name: string): string | undefined {
    return this.values.get(name);
  }

  /** @throws ApiError -1102 when it was not sent */
  required(name: string): string {
    const value = this.values.get(name);
    if (value === undefined) throw missing(name);
    return value;
  }

  integer(name: string): number | undefined {
    const value = this.values.get(name);
    return value === undefined ? undefined : Number(value);
  }

  decimal(name: string): Units | undefined {
    const value = this.values.get(name);
    return value === undefined ? undefined : units(value);
  }

  /** Names of a `symbols` list, or of the one `symbol`; undefined when neither was sent. */
  symbols(): string[] | undefined {
    const list = this.values.get('symbols');
    if (list !== undefined) return JSON.parse(list) as string[];
    const one = this.values.get('symbol');
    return one === undefined ? undefined : [one];
  }
}

export interface ParameterRules {
  table: ParameterTable;
  /** Names that must be there, in the order in which they are missed. */
  mandatory: readonly string[];
  /** Throws when a parameter is missing that depends on others. */
  checkPresence?: (values: ReadonlyMap<string, string>) => void;
  isSigned: boolean;
  /** Whether an unknown name is an error. */
  strict: boolean;
  isKnownSymbol: (symbol: string) => boolean;
}

/**
 * Checks the form of every parameter, in the exchange's order: duplicate, empty, missing, unknown, characters, precision,
 * symbol.
 *
 * @param parts the raw pairs of query string and body apart: only inside one part is a name twice a duplicate
 */
export function checkParameters(
  parts: readonly (readonly RawPair[])[],
  values: ReadonlyMap<string, string>,
  rules: ParameterRules,
): Parameters {
  for (const part of parts) {
    const names = part.map(([name]) => decode(name));
    if (new Set(names).size < names.length) throw duplicateValues();
  }
  for (const [name, value] of values) if (value === '') throw emptyParameter(name);
  for (const name of rules.mandatory) if (!values.has(name)) throw missing(name);
  rules.checkPresence?.(values);

  const table: ParameterTable = rules.isSigned ? { ...SIGNING_PARAMETERS, ...rules.table } : rules.table;
  const read = [...values.keys()].filter((name) => Object.hasOwn(table, name));
  if (rules.strict && read.length < values.size) throw unreadParameters(read.length, values.size);

  for (const name of read) checkCharacters(name, values.get(name) as string, table[name]);
  for (const name of read) if (table[name] === 'decimal') checkPrecision(name, values.get(name) as string);

  const parameters = new Parameters(values);
  const named = read.some((name) => table[name] === 'symbol' || table[name] === 'symbols') ? parameters.symbols() : [];
  if (named?.some((symbol) => !rules.isKnownSymbol(symbol))) throw invalidSymbol();
  return parameters;
}

function checkCharacters(name: string, value: string, kind: ParameterKind): void {
  if (kind !== 'text' && !PATTERNS[kind].test(value)) throw illegalCharacters(name, LEGAL[kind]);
}

function checkPrecision(name: string, value: string): void {
  if ((value.split('.')[1]?.length ?? 0) > MAX_DECIMALS) throw tooPrecise(name);
}
