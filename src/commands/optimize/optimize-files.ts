import { join } from 'node:path';

import { createFile } from '../../files/atomic-write.js';
import { trialRecord } from '../../optimize/trial-record.js';
import { FIGURES } from '../../optimize/sweep/figures.js';
import { csvCell, type Value } from '../ledger/columns.js';
import type { OptimizeOutcome } from './run-optimize.js';

/** A search as JSON: what was searched, what was found, every trial. */
export function optimizeDocument({ study, bench, objective, fingerprint }: OptimizeOutcome): object {
  const { winner } = study;
  return {
    search: { ...fingerprint, trials: study.trials.length, real_data: bench.realData },
    winner: winner === null ? null : { number: winner.trial.number, params: winner.params, in_sample: winner.trial.figures, out_of_sample: winner.outOfSample, plateau: winner.plateau, luck: luckDocument(winner.luck), verdict: winner.verdict },
    trials: study.trials.map((trial) => trialRecord(trial, bench.space, objective)),
  };
}

function luckDocument(luck: object | null): object | null {
  return luck === null ? null : Object.fromEntries(Object.entries(luck).map(([name, value]) => [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value as unknown]));
}

/** One line a trial; cells that a spreadsheet would take for a formula are made harmless. */
export function optimizeCsv({ study, bench, objective }: OptimizeOutcome): string {
  const records = study.trials.map((trial) => trialRecord(trial, bench.space, objective));
  const names = records.length > 0 ? Object.keys(records[0].params) : [];
  const lines: Value[][] = [['number', ...names, 'refused', ...FIGURES], ...records.map(({ number, params, refused, figures }): Value[] => [number, ...names.map((name) => valueOf(params[name])), refused, ...FIGURES.map((figure) => figures[figure])])];
  return lines.map((cells) => `${cells.map(csvCell).join(',')}\n`).join('');
}

function valueOf(value: unknown): Value {
  return typeof value === 'number' || typeof value === 'string' ? value : JSON.stringify(value);
}

/** @returns the two files. @throws StorageError */
export function saveOptimize(outcome: OptimizeOutcome, dir: string, stem: string): readonly string[] {
  const [json, csv] = [join(dir, `${stem}.json`), join(dir, `${stem}.csv`)];
  createFile(json, [`${JSON.stringify(optimizeDocument(outcome), null, 1)}\n`]);
  createFile(csv, [optimizeCsv(outcome)]);
  return [json, csv];
}
