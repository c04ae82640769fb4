import { copyFileSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';

import { openLedger, type Ledger } from '../../../src/persistence/open-ledger.js';
import { openRaw } from '../../../src/persistence/sqlite/raw-connection.js';
import { SignalRepository } from '../../../src/persistence/repositories/signal-repository.js';
import { newSignal } from '../../support/ledger/orders.js';
import { useTemporaryFolder } from '../../support/temporary-folder.js';

const inFolder = useTemporaryFolder();
const path = (): string => inFolder('data/ledger.sqlite');
let ledger: Ledger;

beforeEach(async () => {
  ledger = await openLedger({ dataDir: inFolder('data'), botId: 'bot-1', nowMs: Date.now() });
  await new SignalRepository(ledger.database).record(newSignal(0));
});

afterEach(async () => {
  await ledger.close();
});

describe('a ledger whose file is taken away while it is open', () => {
  it.each([
    ['deleted', 'LEDGER.MISSING', () => rmSync(path())],
    ['moved', 'LEDGER.MISSING', () => renameSync(path(), inFolder('elsewhere'))],
    ['replaced by a copy', 'LEDGER.REPLACED', () => {
      copyFileSync(path(), inFolder('copy'));
      renameSync(inFolder('copy'), path());
    }],
    ['emptied', 'LEDGER.EMPTY', () => truncateSync(path(), 0)],
    ['overwritten in place', 'LEDGER.REPLACED', () => writeFileSync(path(), readFileSync(path()))],
    ['bereft of its write-ahead log', 'LEDGER.MISSING', () => rmSync(`${path()}-wal`)],
  ])('F69 and is %s: refuses at the next call, and from then on', async (_what, code, harm) => {
    harm();
    const signals = new SignalRepository(ledger.database);
    await expect(signals.record(newSignal(1))).rejects.toMatchObject({ code, exitCode: 3, message: expect.stringMatching(/Nothing more is written. Stop the bot/) as string });
    expect(ledger.database.fault).toMatchObject({ code });
    await expect(signals.list({}, { limit: 1, offset: 0 })).rejects.toMatchObject({ code });
    await expect(signals.record(newSignal(2))).rejects.toMatchObject({ code });
  });

  it('F69 and is deleted in the moment of a commit: the commit is not acknowledged', async () => {
    const lost = ledger.database.write(async (transaction) => {
      await transaction.change(`UPDATE leases SET expires_at = expires_at + 1`, []);
      rmSync(path());
    });
    await expect(lost).rejects.toMatchObject({ code: 'LEDGER.MISSING' });
  });

  it('F69 whose row of identity is changed by another program is no longer the ledger that was opened', async () => {
    const other = openRaw(path(), { readOnly: false, mustExist: true });
    other.exec(`DROP TRIGGER ledger_identity_stay; UPDATE ledger_identity SET ledger_id = 'another'`);
    other.close();
    await expect(new SignalRepository(ledger.database).record(newSignal(1))).rejects.toMatchObject({ code: 'LEDGER.REPLACED' });
  });

  it('F69 says at the next start that another ledger stands in its place', async () => {
    await ledger.close();
    const stranger = await openLedger({ dataDir: inFolder('other'), botId: 'bot-1', nowMs: Date.now() });
    await stranger.close();
    copyFileSync(inFolder('other/ledger.sqlite'), path());
    await expect(openLedger({ dataDir: inFolder('data'), botId: 'bot-1', nowMs: Date.now() })).rejects.toMatchObject({ code: 'LEDGER.REPLACED', message: expect.stringMatching(/is another ledger/) as string });
    ledger = await openLedger({ dataDir: inFolder('third'), botId: 'bot-1', nowMs: Date.now() });
  });
});
