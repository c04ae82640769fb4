import { existsSync } from 'node:fs';

import { candles } from '../../test/support/candle-builder.js';
import { RecordedCandles } from '../../test/support/bot/paper-bench.js';
import { scripted } from '../../test/support/bot/scripted-strategy.js';
import { useTemporaryFolder } from '../../test/support/temporary-folder.js';
import { VirtualClock } from '../../test/support/virtual-clock.js';
import { resolveConfig } from '../config/resolve-config.js';
import { Secret } from '../domain/secret.js';
import { openLedger } from '../persistence/open-ledger.js';
import { MarketClients } from '../exchange/market-client.js';
import { openBot, type OpenBot, type OpenBotOptions } from './open-bot.js';

const inFolder = useTemporaryFolder();
const START = Date.UTC(2024, 0, 1);
const clock = new VirtualClock(null, START);
const KEY = Secret.of('x'.repeat(64));

/** On the built-in market no exchange is asked for anything. */
class NoMarkets extends MarketClients {
  async open(): Promise<never> {
    return Promise.reject(new Error('No exchange was to be asked'));
  }
}

const open = (changes: Partial<Omit<OpenBotOptions, 'openLedger'>> & { readonly mode?: 'paper' | 'live' } = {}): Promise<OpenBot> =>
  openBot({
    openLedger: () => openLedger({ dataDir: inFolder('data'), botId: 'bot-1', nowMs: clock.now() }),
    config: resolveConfig({ name: 'test', settings: { execution_mode: changes.mode ?? 'paper', data: { source: changes.mode === 'live' ? 'exchange' : 'built-in' }, storage: { data_dir: inFolder('data') } } }, {}, []).config,
    strategy: scripted(START, {}),
    data: new RecordedCandles(candles({ startMs: START }).flat(100, 5).build()),
    markets: new NoMarkets(),
    env: {},
    credentials: () => ({ apiKey: null, secret: null, password: null }),
    clock,
    random: () => 0.5,
    ...changes,
  });

describe('openBot', () => {
  it('F99 refuses live trading that nobody has acknowledged, before it touches anything', async () => {
    await expect(open({ mode: 'live' })).rejects.toMatchObject({ code: 'LIVE.NOT_ACKNOWLEDGED', exitCode: 3 });
    expect(existsSync(inFolder('data'))).toBe(false);
  });

  it('F99 refuses live trading without keys', async () => {
    await expect(open({ mode: 'live', env: { LIVE_TRADING_ACKNOWLEDGED: 'yes-real-money' } })).rejects.toMatchObject({ code: 'LIVE.KEY_MISSING', exitCode: 3 });
    expect(existsSync(inFolder('data'))).toBe(false);
  });

  it('F99 trades on paper without asking for keys', async () => {
    const bot = await open({
      credentials: () => {
        throw new Error('Nobody may ask for the keys');
      },
    });
    expect([bot.bot.book.mode, bot.origin]).toEqual(['paper', null]);
    await bot.close('clean', clock.now());
  });

  it('F99 needs the acknowledgement even where the keys are there', async () => {
    await expect(open({ mode: 'live', credentials: () => ({ apiKey: KEY, secret: KEY, password: null }) })).rejects.toMatchObject({ code: 'LIVE.NOT_ACKNOWLEDGED' });
  });

  it('F70 F104 is refused while another has the ledger, and gives it back', async () => {
    const first = await open();
    await expect(open()).rejects.toMatchObject({ code: 'LOCK.HELD', exitCode: 4 });
    await first.close('clean', clock.now());
    await (await open()).close('clean', clock.now());
  });

  it('F73 five starts within ten minutes after crashes halt the bot, and clean ends do not', async () => {
    for (let i = 0; i < 6; i++) await (await open()).close('clean', clock.now());
    const levels: string[] = [];
    for (let i = 0; i < 6; i++) {
      const bot = await open();
      levels.push(await bot.states.level());
      await bot.close('fault', clock.now());
    }
    // The first of them began after a clean end.
    expect(levels).toEqual(['ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'ACTIVE', 'HALTED']);
    const bot = await open();
    const events = await bot.events.events({ botId: 'bot-1', mode: 'paper' }, { limit: 100, offset: 0 });
    expect(events.filter(({ kind }) => kind === 'start')).toHaveLength(13);
    expect(events.find(({ kind }) => kind === 'halt')?.details).toMatchObject({ code: 'RISK.CRASH_LOOP' });
    await bot.close('clean', clock.now());
  });
});
