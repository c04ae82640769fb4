import { ConfigError } from '../../domain/errors.js';
import { isForbiddenName } from '../../schema/names.js';
import type { FieldSpec } from '../../schema/fields.js';
import type { Dimension, Scalar } from './dimension.js';

/** What stands behind each name, in order. */
export type SpaceText = ReadonlyMap<string, string>;

const MOST_CHARACTERS = 16_384;
const NUMBER = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?`;
const RANGE = new RegExp(`^(${NUMBER})\\.\\.(${NUMBER})(?::(${NUMBER}))?(:log)?$`, 'i');

/** `fast_window=5..60:5,slow_window=50..300:10` by name. @throws ConfigError */
export function parseSpaceText(text: string): SpaceText {
  if (text.length > MOST_CHARACTERS) throw refused(`must be at most ${MOST_CHARACTERS} characters long, was ${text.length}`);
  const space = new Map<string, string>();
  for (const piece of text.split(',')) {
    const at = piece.indexOf('=');
    const [name, values] = [piece.slice(0, at).trim(), piece.slice(at + 1).trim()];
    if (at < 1 || name === '' || values === '') throw refused(`must be pairs such as fast_window=5..60:5,slow_window=50..300:10, but one is "${piece.slice(0, 80)}"`);
    if (isForbiddenName(name)) throw refused(`must not name "${name}"`);
    if (space.has(name)) throw refused(`names ${name} twice`);
    space.set(name, values);
  }
  return space;
}

function refused(message: string): ConfigError {
  return new ConfigError([{ path: '--space', message }], 'Cannot search this space');
}

/**
 * A parameter's values as a dimension: `5..60` (whole numbers, or any), `5..60:5` (by steps), `0.1..10:log` (evenly by ratio), `5|10|20`
 * (these alone), `30` (this one).
 *
 * @returns what is wrong with them, in words, when they are none
 */
export function dimensionFrom(name: string, text: string, spec: FieldSpec): Dimension | string {
  const range = RANGE.exec(text);
  if (range !== null && (spec.kind === 'integer' || spec.kind === 'number')) return rangeFrom(name, range, spec);
  if (text.includes('..')) return `${name} must be a range such as 5..60 or 5..60:5, was "${text}"${spec.kind === 'integer' || spec.kind === 'number' ? '' : `; it is no number: name its values, such as ${(spec.choices ?? ['a', 'b']).join('|')}`}`;
  const values = text.split('|').map((value) => valueFrom(value.trim(), spec));
  const odd = values.findIndex((value) => value === null);
  if (odd >= 0) return `${name} must be ${spec.expected}, was "${text.split('|')[odd].trim()}"`;
  const choices = [...new Set(values as Scalar[])];
  const numbers = choices.filter((choice) => typeof choice === 'number');
  if (numbers.length === 1 && choices.length === 1) return { kind: 'range', name, low: numbers[0], high: numbers[0], step: 1, log: false };
  return evenly(name, numbers) ?? { kind: 'choice', name, choices };
}

function rangeFrom(name: string, [text, first, last, by, logMark]: RegExpExecArray, spec: FieldSpec): Dimension | string {
  const [low, high] = [Number(first), Number(last)];
  const log = logMark !== undefined;
  const step = by !== undefined ? Number(by) : spec.kind === 'integer' ? 1 : null;
  if (!isAllowed(low, spec) || !isAllowed(high, spec)) return `${name} must be ${spec.expected}, was ${text}`;
  if (low > high) return `${name} must go from the smaller to the larger number, was ${text}; write ${last}..${first}`;
  if (step !== null && !(step > 0)) return `${name} must have a step above 0, was ${text}`;
  if (step !== null && spec.kind === 'integer' && !Number.isInteger(step)) return `${name} must have a whole step, was ${text}`;
  if (log && !(low > (step ?? 0) / 2)) return `${name} must be above ${step === null ? 0 : step / 2} to be spread evenly by ratio (:log), was ${text}`;
  return { kind: 'range', name, low, high, step, log };
}

/** Numbers that are the same distance apart are a range: they have neighbours. */
function evenly(name: string, numbers: readonly number[]): Dimension | null {
  const sorted = [...numbers].sort((a, b) => a - b);
  const step = sorted[1] - sorted[0];
  if (sorted.length < 2 || sorted.some((value, k) => k > 0 && Math.abs(value - sorted[k - 1] - step) > 1e-9 * step)) return null;
  return { kind: 'range', name, low: sorted[0], high: sorted[sorted.length - 1], step, log: false };
}

function valueFrom(text: string, spec: FieldSpec): Scalar | null {
  if (spec.kind === 'flag') return text === 'true' ? true : text === 'false' ? false : null;
  if (spec.kind === 'choice') return spec.choices?.includes(text) === true ? text : null;
  const value = new RegExp(`^${NUMBER}$`, 'i').test(text) ? Number(text) : NaN;
  return isAllowed(value, spec) ? value : null;
}

function isAllowed(value: number, { kind, min = -Infinity, max = Infinity, above = false }: FieldSpec): boolean {
  if (kind === 'integer' && !Number.isInteger(value)) return false;
  return value <= max && (above ? value > min : value >= min);
}
