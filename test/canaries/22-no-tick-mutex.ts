import type { Canary } from './canary.js';

const canary: Canary = {
  bug: 'two ticks may run at once',
  patches: [
    {
      file: 'src/schedule/tick-loop.ts',
      old: '    this.running ??= this.run()',
      now: '    this.running = this.run()',
    },
  ],
  caughtBy: { kind: 'spec', file: 'src/schedule/tick-loop.spec.ts' },
};

export default canary;
