import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';

import { ResultError } from '../domain/errors.js';
import { nearestName } from '../domain/nearest-name.js';
import type { BacktestResult } from './backtest-result.js';

/** What a list needs to know of a result: everything before its long columns. */
export type ResultHead = Pick<BacktestResult, 'manifest' | 'config' | 'params' | 'metrics'>;

export interface SavedResult extends ResultHead {
  readonly path: string;
}

export interface SavedResults {
  /** Newest first. */
  readonly results: readonly SavedResult[];
  /** Files of that name that hold no result. */
  readonly damaged: readonly { readonly path: string; readonly problem: string }[];
}

const NAME = /^backtest_.+\.json$/;
/** Where `resultJson` begins its long columns. */
const LONG_PART = '\n  "trades": [';
const PART_BYTES = 262_144;
const LONGEST_HEAD = 64 * 2 ** 20;

/** All results in a folder, without reading their curves; an empty list where there is no folder. */
export function listResults(dir: string): SavedResults {
  const results: SavedResult[] = [];
  const damaged: { path: string; problem: string }[] = [];
  for (const name of namesIn(dir)) {
    const path = join(dir, name);
    try {
      results.push({ path, ...readHead(path) });
    } catch (error) {
      if (!(error instanceof ResultError)) throw error;
      damaged.push({ path, problem: error.message });
    }
  }
  results.sort((a, b) => b.manifest.created_at - a.manifest.created_at || (a.path < b.path ? 1 : -1));
  return { results, damaged };
}

/**
 * The file that a user means: a path, a name in the folder with or without its ending, or `latest`.
 *
 * @throws ResultError RESULT.NONE with the nearest name
 */
export function findResult(dir: string, wanted: string): string {
  const names = namesIn(dir);
  if (wanted === 'latest') {
    const [newest] = listResults(dir).results;
    if (newest === undefined) throw new ResultError('RESULT.NONE', `${dir} holds no result yet; \`backtest\` saves one`);
    return newest.path;
  }
  if (wanted.includes('/') || wanted.includes('\\')) return wanted;
  const name = names.find((known) => known === wanted || known === `${wanted}.json`);
  if (name !== undefined) return join(dir, name);
  const near = nearestName(wanted, names);
  throw new ResultError('RESULT.NONE', `${dir} holds no result ${wanted}.${near === null ? ' `results list` shows what there is' : ` Did you mean ${near}?`}`);
}

/** @throws ResultError when the file is not there, or is no result of this format */
export function readResult(path: string): BacktestResult {
  return checked(path, parsed(path, contentOf(path))) as BacktestResult;
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir).filter((name) => NAME.test(name));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new ResultError('RESULT.FILE', `The folder ${dir} cannot be read (${code})`, { cause: error });
  }
}

function readHead(path: string): ResultHead {
  const file = opened(path);
  try {
    const parts: Buffer[] = [];
    for (let bytes = 0; bytes < LONGEST_HEAD; ) {
      const part = Buffer.alloc(PART_BYTES);
      const read = readSync(file, part, 0, PART_BYTES, null);
      parts.push(part.subarray(0, read));
      bytes += read;
      const text = Buffer.concat(parts).toString('utf8');
      const end = text.indexOf(LONG_PART);
      if (end >= 0) return checked(path, parsed(path, `${text.slice(0, end).trimEnd().replace(/,$/, '')}}`));
      if (read === 0) break;
    }
  } finally {
    closeSync(file);
  }
  // Somebody has written it anew in another layout; it may be a result all the same.
  return readResult(path);
}

function opened(path: string): number {
  try {
    return openSync(path, 'r');
  } catch (error) {
    throw unreadable(path, error);
  }
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): ResultError {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' ? new ResultError('RESULT.NONE', `There is no file ${path}; \`results list\` shows what there is`) : new ResultError('RESULT.FILE', `${path} cannot be read (${code})`, { cause: error });
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ResultError('RESULT.FILE', `${basename(path)} is no result: ${(error as Error).message}`);
  }
}

function checked(path: string, document: unknown): ResultHead {
  const head = document as Partial<ResultHead> | null;
  const { manifest, config, params, metrics } = head ?? {};
  if ([manifest, config, params, metrics].some((part) => typeof part !== 'object' || part === null)) {
    throw new ResultError('RESULT.FILE', `${basename(path)} is no result: it lacks manifest, config, params or metrics`);
  }
  if (manifest?.format !== 1) throw new ResultError('RESULT.FILE', `${basename(path)} has the format ${String(manifest?.format)}; this version reads format 1`);
  return head as ResultHead;
}
