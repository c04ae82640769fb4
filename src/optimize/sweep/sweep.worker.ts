import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';

import { NestFactory } from '@nestjs/core';

import { Candles } from '../../domain/candles.js';
import { TradingBotError } from '../../domain/errors.js';
import { loadKernel } from '../../kernels/load-kernel.js';
import { sweepOn } from '../../kernels/load-sweep.js';
import { StrategyModule } from '../../strategy/strategy.module.js';
import { StrategyRegistry } from '../../strategy/strategy.registry.js';
import { RunnerBench } from './evaluator.js';
import { packFigures } from './figures.js';
import type { Answer, Task, WorkerGround } from './pool-messages.js';

const { strategy, strategyPath, symbol, timeframe, columns, missing, rules, withPsr } = workerData as WorkerGround;

const application = await NestFactory.createApplicationContext(StrategyModule, { logger: false });
const registry = application.get(StrategyRegistry);
registry.load(strategyPath);
const candles = Candles.of(symbol, timeframe, columns, missing);
const bench = new RunnerBench({ candles, rules, withPsr }, (params) => registry.bind(strategy, params, timeframe), { kernel: loadKernel(), sweepOn });

function answer({ id, kind, rows, params }: Task): Answer {
  try {
    const runner = bench.runnerOn(rows);
    return { id, values: kind === 'figures' ? runner.figures(params).map(packFigures) : params.map((set) => runner.dailyReturns(set)) };
  } catch (error) {
    if (error instanceof TradingBotError) return { id, failure: { code: error.code, message: error.message } };
    throw error;
  }
}

/** To the pool: a thread has no origin to name. */
function say(message: Answer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  parentPort?.postMessage(message);
}

parentPort?.on('message', (task: Task) => say(answer(task)));
// Ready for the first task.
say({ id: -1, values: [] });
