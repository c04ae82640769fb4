import { Module } from '@nestjs/common';

import { testBaseUrl } from './base-url.js';
import { CcxtMarketClients } from './ccxt-market-client.js';
import { MarketClients } from './market-client.js';

@Module({
  providers: [{ provide: MarketClients, useFactory: () => new CcxtMarketClients(testBaseUrl(process.env)) }],
  exports: [MarketClients],
})
export class ExchangeModule {}
