import { STORM, type Canary } from './canary.js';

const canary: Canary = {
  bug: 'an exchange that wants to be left alone is asked again',
  patches: [
    {
      file: 'src/exchange/exchange-line.ts',
      old: '      if (waitMs > 0) return unsent(',
      now: '      if (waitMs > 1e15) return unsent(',
    },
  ],
  caughtBy: STORM,
};

export default canary;
