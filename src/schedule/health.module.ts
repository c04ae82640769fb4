import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';

import { HealthService } from './health.service.js';

/** Loaded only where somebody may ask. */
@Module({
  // It would write an error whenever somebody asks a bot that is halted; that is written down already, once.
  imports: [TerminusModule.forRoot({ logger: false })],
  providers: [HealthService],
  exports: [HealthService],
})
export class HealthModule {}
