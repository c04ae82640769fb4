import { Module } from '@nestjs/common';

import { ExchangeModule } from '../exchange/exchange.module.js';
import { CandleDownloaderService } from './candle-downloader.service.js';
import { DataHandler } from './data-handler.js';
import { MarketDataService } from './market-data.service.js';

@Module({
  imports: [ExchangeModule],
  providers: [CandleDownloaderService, { provide: DataHandler, useClass: MarketDataService }],
  exports: [DataHandler, CandleDownloaderService],
})
export class DataModule {}
