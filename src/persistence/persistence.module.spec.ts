import { Test } from '@nestjs/testing';

import { newOrder } from '../../test/support/ledger/orders.js';
import { useTemporaryFolder } from '../../test/support/temporary-folder.js';
import { openLedger } from './open-ledger.js';
import { PersistenceModule } from './persistence.module.js';
import { OrderRepository } from './repositories/order-repository.js';
import { TradeRepository } from './repositories/trade-repository.js';

const inFolder = useTemporaryFolder();
const { BOT_DATA_DIR, BOT_ID } = process.env;

beforeEach(() => {
  Object.assign(process.env, { BOT_DATA_DIR: inFolder(), BOT_ID: 'bot-7' });
});

afterEach(() => {
  for (const [name, value] of Object.entries({ BOT_DATA_DIR, BOT_ID })) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
});

describe('PersistenceModule', () => {
  it('opens the ledger of the settings for the service, and gives lock and lease back when it ends', async () => {
    const app = await Test.createTestingModule({ imports: [PersistenceModule] }).compile();
    const planned = await app.get(OrderRepository).plan(newOrder(0), 1);
    expect(planned.fencingToken).toBe(1);
    expect(await app.get(TradeRepository).positions({})).toEqual([]);
    await expect(openLedger({ dataDir: inFolder(), botId: 'other', nowMs: Date.now() })).rejects.toMatchObject({ code: 'LOCK.HELD', message: expect.stringMatching(/\(bot-7, since/) as string });
    await app.close();
    const next = await openLedger({ dataDir: inFolder(), botId: 'other', nowMs: Date.now() });
    expect(await new OrderRepository(next.database).byId(planned.id)).toEqual(planned);
    await next.close();
  });
});
