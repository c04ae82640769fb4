import { STORM, type Canary } from './canary.js';

const canary: Canary = {
  bug: 'an order is booked as its status says, not by its executions',
  patches: [
    {
      file: 'src/execution/wire-reports.ts',
      old: '  if (compare(executed, report.executedQuantity) !== 0) return',
      now: `  if (compare(executed, report.executedQuantity) !== 0 && report.state !== 'FILLED') return`,
    },
    {
      file: 'src/execution/wire-reports.ts',
      old: `  if (report.state === 'FILLED' && !isWhole) return`,
      now: `  if (report.state === 'FILLED' && !isWhole && executed !== ZERO) return`,
    },
  ],
  caughtBy: STORM,
};

export default canary;
