import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { Kernel } from '../domain/kernel.js';
import type { KernelExports } from './kernel-exports.js';
import { WasmKernel } from './wasm-kernel.js';

/** Of this thread; undefined until it is asked for. */
let loaded: Kernel | null | undefined;

/**
 * The compiled kernel that the build puts beside this file, loaded at the first call.
 *
 * @returns null where it was not built or the machine cannot run it: the loops in TypeScript do the same work
 */
export function loadKernel(): Kernel | null {
  if (loaded === undefined) loaded = kernelFrom(fileURLToPath(new URL('kernel.wasm', import.meta.url)));
  return loaded;
}

/** @returns null where there is no such file, or no WebAssembly with SIMD */
export function kernelFrom(path: string): Kernel | null {
  try {
    const module = new WebAssembly.Module(readFileSync(path));
    return new WasmKernel(new WebAssembly.Instance(module).exports as KernelExports);
  } catch (error) {
    if (error instanceof WebAssembly.CompileError || isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'ENOENT';
}
