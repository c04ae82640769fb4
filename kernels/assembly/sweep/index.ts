// The passes of a sweep, which needs figures of thousands of trials and no curve of any. Compiled apart from ../index.ts, with a memory
// of its own (src/kernels/sweep-kernel.ts).
export { makeTables } from './tables';
export { runTrials, setGround } from './trials';

/** First address that is the caller's to use. */
export function firstFree(): usize {
  return __heap_base;
}
