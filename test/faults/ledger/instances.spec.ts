import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { openLedger } from '../../../src/persistence/open-ledger.js';
import { OrderRepository } from '../../../src/persistence/repositories/order-repository.js';
import { newOrder } from '../../support/ledger/orders.js';
import { Racer } from '../../support/ledger/racer.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

const RACES = 100;
const inFolder = useTemporaryFolder();
const racers: Racer[] = [];

function newRacer(): Racer {
  const racer = new Racer();
  racers.push(racer);
  return racer;
}

afterEach(async () => {
  await Promise.all(racers.splice(0).map((racer) => racer.end()));
});

const open = (nowMs = Date.now(), isAlive?: (pid: number) => boolean): ReturnType<typeof openLedger> => openLedger({ dataDir: inFolder(), botId: 'bot-1', nowMs, isAlive });

describe('two instances on one data folder', () => {
  it(`F70 race ${RACES} times: one wins, the other is told who did and ends with 4`, async () => {
    const pair = [newRacer(), newRacer()];
    const tally: string[] = [];
    for (let race = 0; race < RACES; race++) {
      // Half of the races are for a folder where there is no ledger yet, half for one that both have used.
      const folder = join(inFolder(), String(Math.floor(race / 2)));
      const answers = await Promise.all(pair.map((racer) => racer.ask(`open ${folder}`)));
      const winner = pair.find((_, i) => answers[i].startsWith('won'));
      tally.push(answers.map((answer) => answer.replace(/^(won|lost LOCK\.HELD 4).*/, '$1')).sort().join(' | '));
      expect(answers.find((answer) => answer.startsWith('lost'))).toMatch(new RegExp(`in use by process ${winner?.pid} on \\S+ \\(bot-${winner?.pid}, since 20\\d\\d-`));
      await Promise.all(pair.map((racer) => racer.ask('close')));
    }
    expect(tally).toEqual(Array.from({ length: RACES }, () => 'lost LOCK.HELD 4 | won'));
  }, 60_000);

  it('F70 the same process is no exception', async () => {
    const first = await open();
    await expect(open()).rejects.toMatchObject({ code: 'LOCK.HELD', exitCode: 4, message: expect.stringMatching(new RegExp(`process ${process.pid} `)) as string });
    await first.close();
    await (await open()).close();
  });

  it('F71 the lock of a process that was killed is free at once', async () => {
    const racer = newRacer();
    expect(await racer.ask(`open ${inFolder()}`)).toMatch(/^won/);
    await racer.end('SIGKILL');
    const ledger = await open();
    expect(ledger.lease.token).toBe(2);
    await ledger.close();
  });

  it('F71 a suspended process keeps its lock', async () => {
    const racer = newRacer();
    expect(await racer.ask(`open ${inFolder()}`)).toMatch(/^won/);
    racer.signal('SIGSTOP');
    await expect(open()).rejects.toMatchObject({ code: 'LOCK.HELD' });
    racer.signal('SIGCONT');
    expect(await racer.ask('write')).toBe('written');
  });

  it('F71 whoever was suspended past its lease and lost the lock file meanwhile cannot write when it wakes', async () => {
    const racer = newRacer();
    expect(await racer.ask(`open ${inFolder()}`)).toMatch(/^won/);
    racer.signal('SIGSTOP');
    rmSync(join(inFolder(), 'instance.lock'));
    await expect(open()).rejects.toMatchObject({ code: 'LOCK.HELD' });
    const successor = await open(Date.now() + 61_000);
    racer.signal('SIGCONT');
    expect(await racer.ask('write')).toMatch(/^refused LOCK\.LOST 4 This process no longer holds the lease of .*: process \d+ on .* took it over/);
    await new OrderRepository(successor.database).plan(newOrder(0), Date.now());
    await successor.close();
  });

  it('F71 an intent carries the token under which it was committed', async () => {
    await (await open()).close();
    const ledger = await open();
    const order = await new OrderRepository(ledger.database).plan(newOrder(0), Date.now());
    expect(order.fencingToken).toBe(2);
    await ledger.close();
  });

  it('F70 a lease that seems to be alive on another machine is waited for; our own id is no sign of life', async () => {
    const first = await open(1000);
    // As a crash leaves it: the lock is gone, the lease was not given back.
    await first.database.write((transaction) => transaction.change("UPDATE leases SET host = 'elsewhere', pid = 1 WHERE id = 1", []));
    await first.close().catch(() => undefined);
    const again = await open(2000);
    await again.database.write((transaction) => transaction.change("UPDATE leases SET host = 'elsewhere', expires_at = 50000 WHERE id = 1", []));
    Object.defineProperty(again.database, 'fault', { value: new Error('crashed') });
    await again.close();
    await expect(open(49_999)).rejects.toMatchObject({ code: 'LOCK.HELD', message: expect.stringMatching(/on elsewhere/) as string });
    await (await open(50_000)).close();
  });
});
