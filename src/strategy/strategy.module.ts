import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';

import { STRATEGIES } from './strategies/index.js';
import { StrategyRegistry } from './strategy.registry.js';

@Module({
  imports: [DiscoveryModule],
  providers: [StrategyRegistry, ...STRATEGIES],
  exports: [StrategyRegistry],
})
export class StrategyModule {}
