import { ConfigError, type Problem } from '../domain/errors.js';
import { didYouMean } from '../domain/nearest-name.js';
import { isPlainObject } from '../schema/fields.js';
import { parseDeclared, toDocument } from '../schema/parse.js';
import { BotConfig } from './bot-config.js';
import { overlay, type Layer } from './layers.js';
import { parseParamsText, scalar } from './params-text.js';
import { findSecrets, secretProblem } from './secret-shape.js';
import { CONFIG_FILE_VARIABLE, SETTINGS, VARIABLE_PREFIX, type Setting } from './settings.js';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A flag of a command: which setting it sets, and what was typed. */
export interface FlagValue {
  readonly flag: string;
  readonly path: string;
  readonly text: string | boolean;
}

export interface ResolvedConfig {
  readonly config: BotConfig;
  /** Origin of every leaf that is not a default. */
  readonly origins: ReadonlyMap<string, string>;
}

/**
 * File, then environment, then flags: one checked configuration. Pure.
 *
 * @throws ConfigError listing every problem with where it comes from
 */
export function resolveConfig(file: { readonly name: string; readonly settings: Record<string, unknown> }, env: Environment, flags: readonly FlagValue[]): ResolvedConfig {
  const problems: Problem[] = [];
  const layers = [{ values: file.settings, origin: () => file.name }, environmentLayer(env, problems), flagLayer(flags, problems)];
  const secrets = secretsIn(layers, env, flags, file.name);
  // And nothing else: other problems are told with the value that was there.
  if (secrets.length > 0) throw new ConfigError(secrets);
  const { document, origins } = overlay(layers);
  const parsed = parseDeclared(BotConfig, document);
  if (!parsed.ok) problems.push(...parsed.problems);
  if (problems.length > 0) throw new ConfigError(problems.map(({ path, message }) => ({ path: withOrigin(path, origins, file.name), message })));
  if (!parsed.ok) throw new ConfigError(parsed.problems);
  return { config: deepFreeze(parsed.value), origins };
}

/** Every leaf of a configuration by path, in the user's spelling. */
export function leavesOf(config: BotConfig): [path: string, value: unknown][] {
  const walk = (value: Record<string, unknown>, prefix: string): [string, unknown][] =>
    Object.entries(value).flatMap(([key, field]): [string, unknown][] => (isPlainObject(field) ? walk(field, `${prefix}${key}.`) : [[prefix + key, field]]));
  return walk(toDocument(config), '');
}

function secretsIn(layers: readonly Layer[], env: Environment, flags: readonly FlagValue[], fileName: string): Problem[] {
  const given: (readonly [string, string])[] = [
    ...Object.entries(env).flatMap(([name, text]) => (name.startsWith(VARIABLE_PREFIX) && text !== undefined && text !== '' ? [[name, text] as const] : [])),
    ...flags.map(({ flag, text }) => [flag, String(text)] as const),
  ];
  const direct = given.flatMap(([name, text]) => secretProblem(name, text) ?? []);
  const told = new Set(direct.map(({ path }) => path));
  const inside = layers.flatMap((layer) => findSecrets(layer.values).map((problem) => ({ ...problem, from: layer.origin(problem.path) })));
  return [...direct, ...inside.filter(({ from }) => !told.has(from)).map(({ path, message, from }) => ({ path: from === fileName ? path : `${from} (${path})`, message }))];
}

function environmentLayer(env: Environment, problems: Problem[]): Layer {
  const variables = SETTINGS.map(({ variable }) => variable);
  const values: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(env)) {
    if (!name.startsWith(VARIABLE_PREFIX) || name === CONFIG_FILE_VARIABLE || text === undefined || text === '') continue;
    const setting = SETTINGS.find(({ variable }) => variable === name);
    if (setting === undefined) problems.push({ path: name, message: `is unknown.${didYouMean(name, variables)}` });
    else put(values, setting, text, name, problems);
  }
  return { values, origin: (path) => SETTINGS.find((setting) => setting.path === path || path.startsWith(`${setting.path}.`))?.variable ?? 'the environment' };
}

function flagLayer(flags: readonly FlagValue[], problems: Problem[]): Layer {
  const values: Record<string, unknown> = {};
  for (const { flag, path, text } of flags) {
    const setting = SETTINGS.find((known) => known.path === path);
    if (setting !== undefined) put(values, setting, text, flag, problems);
  }
  return { values, origin: (path) => flags.find((given) => given.path === path || path.startsWith(`${given.path}.`))?.flag ?? 'the command line' };
}

function put(values: Record<string, unknown>, { path, spec }: Setting, text: string | boolean, origin: string, problems: Problem[]): void {
  let value: unknown = text;
  if (spec.kind === 'object') {
    const parsed = parseParamsText(String(text));
    if (!parsed.ok) {
      problems.push({ path: origin, message: parsed.problem });
      return;
    }
    value = parsed.params;
  } else if (typeof text === 'string' && spec.kind !== 'text' && spec.kind !== 'choice') {
    value = scalar(text);
  }
  const keys = path.split('.');
  let section = values;
  for (const key of keys.slice(0, -1)) section = (section[key] ??= {}) as Record<string, unknown>;
  section[keys.at(-1) as string] = value;
}

function withOrigin(path: string, origins: ReadonlyMap<string, string>, fileName: string): string {
  const origin = origins.get(path);
  return origin === undefined || origin === fileName ? path : `${origin} (${path})`;
}

function deepFreeze<T extends object>(value: T): T {
  for (const field of Object.values(value)) if (typeof field === 'object' && field !== null) deepFreeze(field as object);
  return Object.freeze(value);
}
