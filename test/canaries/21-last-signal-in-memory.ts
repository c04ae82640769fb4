import type { Canary } from './canary.js';

const canary: Canary = {
  bug: 'what was decided last is kept in memory, and forgotten by a restart',
  patches: [
    {
      file: 'src/bot/trading-bot.ts',
      old: `    const known = await signals.ofBar({ botId, mode, strategy: strategy.name, symbol, timeframe, candleOpenTime: bar.openTime });
`,
      now: `    const known = this.lastBar === bar.openTime ? await signals.ofBar({ botId, mode, strategy: strategy.name, symbol, timeframe, candleOpenTime: bar.openTime }) : null;
    this.lastBar = bar.openTime;
`,
    },
    {
      file: 'src/bot/trading-bot.ts',
      old: `export class TradingBot {
`,
      now: `export class TradingBot {
  private lastBar = NaN;
`,
    },
  ],
  caughtBy: { kind: 'spec', file: 'src/bot/trading-bot.spec.ts', name: 'a process before it' },
};

export default canary;
