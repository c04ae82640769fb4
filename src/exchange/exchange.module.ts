import { Module } from '@nestjs/common';

import { CcxtMarketClients } from './ccxt-market-client.js';
import { MarketClients } from './market-client.js';

@Module({
  providers: [{ provide: MarketClients, useFactory: () => new CcxtMarketClients() }],
  exports: [MarketClients],
})
export class ExchangeModule {}
