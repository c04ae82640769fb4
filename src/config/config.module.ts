import { Module } from '@nestjs/common';
import { ConfigModule as NestConfigModule } from '@nestjs/config';

import { ConfigLoader } from './config-loader.service.js';

@Module({
  imports: [NestConfigModule.forRoot({ cache: true })],
  providers: [ConfigLoader],
  exports: [ConfigLoader],
})
export class ConfigModule {}
