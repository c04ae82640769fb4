import { STORM, type Canary } from './canary.js';

const canary: Canary = {
  bug: 'an intent that could not be committed does not keep the order back',
  patches: [
    {
      file: 'src/execution/recording-executor.ts',
      old: 'await this.orders.planAndSend(this.intentOf(plan), nowMs);',
      now: `await this.orders.planAndSend(this.intentOf(plan), nowMs).catch(() => ({ id: '', ...this.intentOf(plan) }));`,
    },
  ],
  caughtBy: STORM,
};

export default canary;
