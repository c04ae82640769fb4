import { Logger } from '@nestjs/common';
import type { LazyModuleLoader } from '@nestjs/core';

import { HttpReceiver } from '../../test/support/notify/http-receiver.js';
import { aReport, anOrder } from '../../test/support/notify/reports.js';
import { resolveConfig } from '../config/resolve-config.js';
import { ConfigError } from '../domain/errors.js';
import { Onlookers } from './onlookers.service.js';

const NOON = Date.UTC(2026, 0, 2, 12);
const TRADES = { pnl: async () => Promise.resolve([]), positions: async () => Promise.resolve([]) };
const noModules = { load: async () => Promise.reject(new Error('nothing is to be loaded')) } as unknown as LazyModuleLoader;

let receiver: HttpReceiver;
const before = { ...process.env };

beforeAll(() => Logger.overrideLogger(false));

beforeEach(async () => {
  receiver = await HttpReceiver.open();
  Object.assign(process.env, { NOTIFY_WEBHOOK_URL: `${receiver.url}/in/canaryOfTheOnlookers0123`, ALLOW_LOOPBACK_NOTIFICATIONS: '1' });
});

afterEach(async () => {
  for (const name of ['NOTIFY_WEBHOOK_URL', 'ALLOW_LOOPBACK_NOTIFICATIONS']) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  await receiver.close();
});

async function opened(notifications: object): Promise<Onlookers> {
  const onlookers = new Onlookers(noModules);
  const { config } = resolveConfig({ name: 'test', settings: { notifications } }, {}, []);
  await onlookers.open({ config, strategy: { name: 'sma_cross', version: '1' }, intervalSeconds: null, weightUsed: () => null });
  return onlookers;
}

const titles = (): string[] => receiver.received.map(({ body }) => (JSON.parse(body) as { title: string }).title);

describe('Onlookers', () => {
  it('tell the life of a service, in order: start, trades, the day, the end', async () => {
    const onlookers = await opened({ webhook: true, summary_hour: 13 });
    onlookers.started(TRADES, NOON);
    onlookers.report(aReport());
    onlookers.report(aReport({ order: anOrder(), outcome: 'traded', reason: 'SIGNAL.BUY' }));
    onlookers.report(aReport({ outcome: 'skipped' }));
    onlookers.beat(NOON + 3_599_999);
    onlookers.beat(NOON + 3_600_000);
    onlookers.beat(NOON + 3_610_000);
    await receiver.got(3);
    await onlookers.close('LEDGER.IO: the disk is gone', NOON + 4_000_000);
    expect(titles()).toEqual(['Started on paper', 'Bought 0.5 at 100', 'The day: 0 fills, nothing realised', 'Ended by a fault']);
    expect((JSON.parse(receiver.received[2].body) as { facts: object }).facts).toMatchObject({ from: '2026-01-01T00:00:00.000Z', ticks: '3, 1 of them could not be done' });
  });

  it('say that real money moves only where it does', async () => {
    const { config } = resolveConfig({ name: 'test', settings: { execution_mode: 'live', notifications: { webhook: true } } }, {}, []);
    const onlookers = new Onlookers(noModules);
    await onlookers.open({ config, strategy: { name: 'sma_cross', version: '1' }, intervalSeconds: null, weightUsed: () => null });
    onlookers.started(TRADES, NOON);
    await onlookers.close(null, NOON);
    expect(titles()).toEqual(['Started: LIVE, orders move real money', 'Stopped as told']);
  });

  it('do not trouble a service by a ledger that cannot be asked, or by a report that cannot be read', async () => {
    const onlookers = await opened({ webhook: true, summary_hour: 13 });
    onlookers.started({ ...TRADES, pnl: async () => Promise.reject(new Error('locked')) }, NOON);
    onlookers.report({} as never);
    onlookers.beat(NOON + 3_600_000);
    await onlookers.close(null, NOON);
    expect(titles()).toEqual(['Started on paper', 'Stopped as told']);
  });

  it('load nothing and say nothing where all is turned off', async () => {
    const onlookers = await opened({});
    onlookers.started(TRADES, NOON);
    onlookers.report(aReport({ level: 'HALTED' }));
    onlookers.beat(NOON * 2);
    await onlookers.close(null, NOON);
    expect(titles()).toEqual([]);
  });

  it('tell nobody of a start that was refused', async () => {
    const onlookers = await opened({ webhook: true });
    await onlookers.dismiss();
    onlookers.started(TRADES, NOON);
    await onlookers.close(null, NOON);
    expect(titles()).toEqual([]);
  });

  it('refuse a start when something is missing, before anything is opened', async () => {
    delete process.env['NOTIFY_WEBHOOK_URL'];
    await expect(opened({ webhook: true })).rejects.toThrow(ConfigError);
  });
});
