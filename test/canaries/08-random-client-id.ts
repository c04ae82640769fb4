import type { Canary } from './canary.js';

const canary: Canary = {
  bug: 'the client order id is random, so that no restart can compute it again',
  patches: [
    { file: 'src/execution/client-order-id.ts', old: "import { createHash } from 'node:crypto';", now: "import { createHash, randomUUID } from 'node:crypto';" },
    { file: 'src/execution/client-order-id.ts', old: '.update(`${text}#${attempt}`)', now: '.update(`${text}#${attempt}${randomUUID()}`)' },
  ],
  caughtBy: { kind: 'spec', file: 'src/execution/client-order-id.spec.ts' },
};

export default canary;
