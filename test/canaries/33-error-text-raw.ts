import type { Canary } from './canary.js';

const canary: Canary = {
  bug: "the library's error text goes into messages, signed addresses and all",
  patches: [
    { file: 'src/exchange/wire-call.ts', old: "  return nameOf(name === 'Error' ? thrown.constructor.name : name);", now: '  return (thrown as Error).message ?? name;' },
    { file: 'src/exchange/ccxt-trading-client.ts', old: "return call.failure ?? 'no reply';", now: "return call.thrown ?? call.failure ?? 'no reply';" },
  ],
  caughtBy: { kind: 'spec', file: 'test/security/forced-failures.spec.ts' },
};

export default canary;
