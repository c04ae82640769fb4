import { Injectable } from '@nestjs/common';

import type { BotConfig } from '../config/bot-config.js';
import { openLedger, type Ledger } from './open-ledger.js';

/** Opens the ledger that the settings name. Whoever opens it closes it; until then nobody else can. */
@Injectable()
export class LedgersService {
  /**
   * @param create false refuses to make a ledger where there never was one
   * @throws InstanceLocked, LedgerError
   */
  async open({ botId, storage }: Pick<BotConfig, 'botId' | 'storage'>, nowMs: number, create = true): Promise<Ledger> {
    return openLedger({ dataDir: storage.dataDir, botId, nowMs, create });
  }
}
