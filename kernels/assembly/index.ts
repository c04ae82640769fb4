// AssemblyScript: TypeScript syntax, compiled to WebAssembly by scripts/build-kernels.mjs. The caller (src/kernels/) decides where
// in memory everything lies and hands addresses in; nothing is allocated here.
export { smaCrossings, sumUp } from './crossings';
export { markRows, startCurve } from './curve';
export { trade } from './trading';

/** First address that is the caller's to use. */
export function firstFree(): usize {
  return __heap_base;
}
