import { isPlainObject } from '../schema/fields.js';
import { StrategyConfig } from './bot-config.js';

/** Settings from one source, as a nested document in the user's spelling. */
export interface Layer {
  readonly values: Record<string, unknown>;
  /** Where a path comes from, in the user's words: a file name, `BOT_SYMBOL`, `--symbol`. */
  readonly origin: (path: string) => string;
}

export interface Overlaid {
  readonly document: Record<string, unknown>;
  /** Origin of every leaf by path, e.g. `backtest.fee_rate` or `strategy.params.fast_window`. */
  readonly origins: ReadonlyMap<string, string>;
}

/**
 * Later layers win, leaf by leaf. One exception: where a layer names another strategy, the parameters of the layers below
 * belong to the one before and are dropped.
 */
export function overlay(layers: readonly Layer[]): Overlaid {
  const document: Record<string, unknown> = {};
  const origins = new Map<string, string>();
  for (const layer of layers) {
    dropForeignParams(document, origins, layer.values);
    merge(document, layer.values, '', layer, origins);
  }
  return { document, origins };
}

function merge(into: Record<string, unknown>, from: Record<string, unknown>, prefix: string, layer: Layer, origins: Map<string, string>): void {
  for (const key of Object.keys(from)) {
    const path = prefix + key;
    const value = from[key];
    if (isPlainObject(value)) {
      const known = Object.hasOwn(into, key) ? into[key] : undefined;
      const section = isPlainObject(known) ? known : {};
      define(into, key, section);
      merge(section, value, `${path}.`, layer, origins);
    } else {
      define(into, key, value);
      origins.set(path, layer.origin(path));
    }
  }
}

/** Not an assignment: a key such as `__proto__` must become a key, which the parser then refuses by name. */
function define(into: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(into, key, { value, enumerable: true, configurable: true, writable: true });
}

function dropForeignParams(document: Record<string, unknown>, origins: Map<string, string>, values: Record<string, unknown>): void {
  const before = document['strategy'];
  const after = values['strategy'];
  if (!isPlainObject(before) || !isPlainObject(after) || after['name'] === undefined) return;
  // Parameters without a name belong to the strategy that is meant where none is named.
  if (after['name'] === (before['name'] ?? new StrategyConfig().name)) return;
  delete before['params'];
  for (const path of origins.keys()) if (path.startsWith('strategy.params.')) origins.delete(path);
}
