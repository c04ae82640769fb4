import { STORM, type Canary } from './canary.js';

const canary: Canary = {
  bug: 'the intent is committed after the order was sent',
  patches: [
    {
      file: 'src/execution/recording-executor.ts',
      old: `    const { id, clientOrderId, quantity, limitPrice, stopPrice, referencePrice } = await this.orders.planAndSend(this.intentOf(plan), nowMs);
    this.trace('intent committed');
    const { symbol, side, type, timeInForce } = plan;
    const outcome = await this.inner.execute({ symbol, clientOrderId, side, type, timeInForce, quantity, limitPrice, stopPrice, referencePrice }, nowMs);
`,
      now: `    const { symbol, side, type, timeInForce, quantity, limitPrice, stopPrice, referencePrice } = plan;
    const { clientOrderId } = this.intentOf(plan);
    const outcome = await this.inner.execute({ symbol, clientOrderId, side, type, timeInForce, quantity, limitPrice, stopPrice, referencePrice }, nowMs);
    const { id } = await this.orders.planAndSend(this.intentOf(plan), nowMs);
    this.trace('intent committed');
`,
    },
  ],
  caughtBy: STORM,
};

export default canary;
