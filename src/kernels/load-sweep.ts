import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { Candles } from '../domain/candles.js';
import type { TradingRules } from '../domain/trading-rules.js';
import { SweepKernel, type SweepExports } from './sweep-kernel.js';

/** Of this thread, by path; null where it cannot be had. */
const modules = new Map<string, WebAssembly.Module | null>();

export const SWEEP_WASM = fileURLToPath(new URL('sweep.wasm', import.meta.url));

/**
 * Compiled code for trials on these candles, with memory of its own.
 *
 * @param markRows see `SweepKernel`
 * @param path of what the build made
 * @returns null where it was not built, the machine cannot run it or has no room, or the rules are not of its kind
 */
export function sweepOn(candles: Candles, rules: TradingRules, markRows: Int32Array, path = SWEEP_WASM): SweepKernel | null {
  if (!SweepKernel.serves(candles, rules)) return null;
  const module = moduleAt(path);
  return module === null ? null : SweepKernel.of(new WebAssembly.Instance(module).exports as SweepExports, candles, rules, markRows);
}

function moduleAt(path: string): WebAssembly.Module | null {
  const known = modules.get(path);
  if (known !== undefined) return known;
  const loaded = load(path);
  modules.set(path, loaded);
  return loaded;
}

function load(path: string): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(readFileSync(path));
  } catch (error) {
    if (error instanceof WebAssembly.CompileError || (error as NodeJS.ErrnoException | null)?.code === 'ENOENT') return null;
    throw error;
  }
}
