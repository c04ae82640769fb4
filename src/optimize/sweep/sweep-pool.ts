import { Worker } from 'node:worker_threads';

import type { Candles } from '../../domain/candles.js';
import { StrategyError } from '../../domain/errors.js';
import type { Params } from '../space/search-space.js';
import type { Evaluator, TrialGround, TrialRows } from './evaluator.js';
import { unpackFigures, type Figures } from './figures.js';
import type { Answer, Task, WorkerGround } from './pool-messages.js';

/** Trials of one message: enough to make it cheap, and few enough to keep all workers busy to the end of a round. */
const TRIALS_A_TASK = 32;

const WORKER = new URL('./sweep.worker.js', import.meta.url);

interface Waiting {
  readonly task: Task;
  readonly resolve: (values: readonly Float64Array[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Trials in worker threads over the same candles. Which worker answers what is left to chance, and changes nothing. */
export class SweepPool implements Evaluator {
  private readonly queue: Waiting[] = [];
  private readonly running = new Map<Worker, Waiting>();
  private readonly idle: Worker[] = [];
  private readonly workers: Worker[] = [];
  private nextId = 0;
  private failure: Error | null = null;

  /** @param count of workers */
  static start(count: number, { candles, rules, withPsr }: TrialGround, strategy: { readonly name: string; readonly path: string | undefined }): SweepPool {
    const { symbol, timeframe } = candles;
    const data: WorkerGround = { strategy: strategy.name, strategyPath: strategy.path, symbol, timeframe, ...sharedCopy(candles), rules, withPsr };
    return new SweepPool(count, data);
  }

  private constructor(count: number, workerData: WorkerGround) {
    for (let k = 0; k < count; k++) {
      const worker = new Worker(WORKER, { workerData });
      worker.on('message', (answer: Answer) => this.take(worker, answer));
      worker.on('error', (error) => this.fail(error instanceof Error ? error : new Error(String(error))));
      worker.on('exit', (code) => this.fail(new Error(`A worker ended with exit code ${code}`)));
      this.workers.push(worker);
    }
  }

  async figures(rows: TrialRows, params: readonly Params[]): Promise<Figures[]> {
    return (await this.ask('figures', rows, params)).map(unpackFigures);
  }

  dailyReturns(rows: TrialRows, params: readonly Params[]): Promise<Float64Array[]> {
    return this.ask('daily', rows, params);
  }

  async close(): Promise<void> {
    this.failure = new Error('The workers were closed');
    await Promise.all(this.workers.map((worker) => worker.terminate()));
  }

  private async ask(kind: Task['kind'], rows: TrialRows, params: readonly Params[]): Promise<Float64Array[]> {
    const parts: Promise<readonly Float64Array[]>[] = [];
    // At the end of a round all should finish together: no task larger than an even share.
    const size = Math.max(1, Math.min(TRIALS_A_TASK, Math.ceil(params.length / this.workers.length)));
    for (let from = 0; from < params.length; from += size) parts.push(this.enqueue(kind, rows, params.slice(from, from + size)));
    return (await Promise.all(parts)).flat();
  }

  private enqueue(kind: Task['kind'], rows: TrialRows, params: readonly Params[]): Promise<readonly Float64Array[]> {
    return new Promise((resolve, reject) => {
      this.queue.push({ task: { id: this.nextId++, kind, rows, params }, resolve, reject });
      this.hand();
    });
  }

  private hand(): void {
    if (this.failure !== null) {
      for (const { reject } of this.queue.splice(0)) reject(this.failure);
      return;
    }
    while (this.idle.length > 0 && this.queue.length > 0) {
      const [worker, waiting] = [this.idle.pop() as Worker, this.queue.shift() as Waiting];
      this.running.set(worker, waiting);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has none
      worker.postMessage(waiting.task);
    }
  }

  private take(worker: Worker, answer: Answer): void {
    const waiting = this.running.get(worker);
    this.running.delete(worker);
    this.idle.push(worker);
    if ('failure' in answer) waiting?.reject(new StrategyError(answer.failure.code as StrategyError['code'], answer.failure.message));
    else waiting?.resolve(answer.values);
    this.hand();
  }

  private fail(error: Error): void {
    this.failure ??= error;
    for (const { reject } of this.running.values()) reject(this.failure);
    this.running.clear();
    this.hand();
  }
}

function sharedCopy({ openTime, open, high, low, close, volume, missing }: Candles): Pick<WorkerGround, 'columns' | 'missing'> {
  const shared = (column: Float64Array): Float64Array => {
    const copy = new Float64Array(new SharedArrayBuffer(column.byteLength));
    copy.set(column);
    return copy;
  };
  const marks = new Uint8Array(new SharedArrayBuffer(missing.byteLength));
  marks.set(missing);
  return { columns: { openTime: shared(openTime), open: shared(open), high: shared(high), low: shared(low), close: shared(close), volume: shared(volume) }, missing: marks };
}
