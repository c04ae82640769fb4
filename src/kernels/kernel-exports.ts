/** What kernels/assembly/index.ts exports. Addresses and rows are 32-bit; see there for the arguments. */
export interface KernelExports {
  readonly memory: WebAssembly.Memory;
  firstFree(): number;
  sumUp(column: number, count: number): void;
  smaCrossings(sums: number, bars: number, fast: number, slow: number, tieMemory: number, rowsOut: number, valuesOut: number): number;
  trade(
    rules: number,
    account: number,
    prices: number,
    bars: number,
    delay: number,
    signalRows: number,
    signalValues: number,
    signals: number,
    tradesOut: number,
    holdingsOut: number,
  ): void;
  startCurve(totals: number, closes: number, holdings: number, initialCapital: number): void;
  markRows(from: number, to: number, room: number): void;
}
