import { Test } from '@nestjs/testing';

import { newOrder } from '../../test/support/ledger/orders.js';
import { useTemporaryFolder } from '../../test/support/temporary-folder.js';
import { LedgersService } from './ledgers.service.js';
import { openLedger } from './open-ledger.js';
import { PersistenceModule } from './persistence.module.js';
import { OrderRepository } from './repositories/order-repository.js';

const inFolder = useTemporaryFolder();
const config = (): Parameters<LedgersService['open']>[0] => ({ botId: 'bot-7', storage: { dataDir: inFolder(), resultsDir: '' } });

describe('PersistenceModule', () => {
  it('opens the ledger of the settings to the exclusion of everybody else, and takes no lock before', async () => {
    const app = await Test.createTestingModule({ imports: [PersistenceModule] }).compile();
    await (await openLedger({ dataDir: inFolder(), botId: 'other', nowMs: Date.now() })).close();
    const ledger = await app.get(LedgersService).open(config(), Date.now());
    const planned = await new OrderRepository(ledger.database).plan(newOrder(0), 1);
    await expect(openLedger({ dataDir: inFolder(), botId: 'other', nowMs: Date.now() })).rejects.toMatchObject({ code: 'LOCK.HELD', message: expect.stringMatching(/\(bot-7, since/) as string });
    await ledger.close();
    const next = await openLedger({ dataDir: inFolder(), botId: 'other', nowMs: Date.now() });
    expect(await new OrderRepository(next.database).byId(planned.id)).toEqual(planned);
    await next.close();
  });

  it('makes no ledger for whoever only wants to see to one', async () => {
    const app = await Test.createTestingModule({ imports: [PersistenceModule] }).compile();
    await expect(app.get(LedgersService).open(config(), Date.now(), false)).rejects.toMatchObject({ code: 'LEDGER.NONE' });
  });
});
