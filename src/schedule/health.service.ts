import { Injectable } from '@nestjs/common';
import { HealthCheckService, HealthIndicatorService } from '@nestjs/terminus';

import type { HealthStatus, StatusBoard } from './status-board.js';

/** The bot's health as the framework's health checks have it: what is degraded still works, what is halted counts as down. */
@Injectable()
export class HealthService {
  constructor(
    private readonly checks: HealthCheckService,
    private readonly indicators: HealthIndicatorService,
  ) {}

  async status(board: Pick<StatusBoard, 'status'>): Promise<HealthStatus> {
    const bot = this.indicators.check('bot');
    try {
      const { status } = await this.checks.check([() => ({ up: () => bot.up(), degraded: () => bot.degraded(), halted: () => bot.down() })[board.status]()]);
      return status === 'ok' ? 'up' : 'degraded';
    } catch (error) {
      // The framework throws what an HTTP server of its own would answer with: down, or shutting down.
      const { status } = ((error as { getResponse?: () => unknown }).getResponse?.() ?? {}) as { status?: unknown };
      if (status === 'error') return 'halted';
      if (status === 'shutting_down') return 'degraded';
      throw error;
    }
  }
}
