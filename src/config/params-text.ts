import { isPlainObject } from '../schema/fields.js';
import { isForbiddenName } from '../schema/names.js';
import { show } from '../schema/parse.js';
import { jsonProblem } from './json-problem.js';

const MOST_CHARACTERS = 65_536;

export type ParamsText = { readonly ok: true; readonly params: Record<string, unknown> } | { readonly ok: false; readonly problem: string };

/** `fast_window=20,slow_window=60` or `{"fast_window":20,"slow_window":60}` as names and values. */
export function parseParamsText(text: string): ParamsText {
  if (text.length > MOST_CHARACTERS) return refused(`must be at most ${MOST_CHARACTERS} characters long, was ${text.length}`);
  const trimmed = text.trim();
  return trimmed.startsWith('{') || trimmed.startsWith('[') ? parseJson(trimmed) : parsePairs(trimmed);
}

function parseJson(text: string): ParamsText {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refused(`is not valid JSON: ${jsonProblem(error)}`);
  }
  if (!isPlainObject(value)) return refused(`must be an object such as {"fast_window":20}, was ${show(value)}`);
  return checkNames(Object.entries(value));
}

function parsePairs(text: string): ParamsText {
  if (text === '') return { ok: true, params: {} };
  const pairs: [string, unknown][] = [];
  for (const piece of text.split(',')) {
    const at = piece.indexOf('=');
    const name = piece.slice(0, at).trim();
    const value = piece.slice(at + 1).trim();
    if (at < 1 || name === '' || value === '') return refused(`must be pairs such as fast_window=20,slow_window=60, but one is ${show(piece)}`);
    if (pairs.some(([known]) => known === name)) return refused(`names ${name} twice`);
    pairs.push([name, scalar(value)]);
  }
  return checkNames(pairs);
}

function checkNames(pairs: readonly (readonly [string, unknown])[]): ParamsText {
  for (const [name, value] of pairs) {
    if (isForbiddenName(name)) return refused(`must not name ${show(name)}`);
    if (typeof value === 'object' && value !== null) return refused(`must hold plain values, but ${name} is ${show(value)}`);
  }
  return { ok: true, params: Object.fromEntries(pairs) };
}

/** Text as the number or truth value it spells; anything else stays text, for the field's own check to judge. */
export function scalar(text: string): string | number | boolean {
  if (/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return Number(text);
  if (text === 'true' || text === 'false') return text === 'true';
  return text;
}

function refused(problem: string): ParamsText {
  return { ok: false, problem };
}

