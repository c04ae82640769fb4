import { Test } from '@nestjs/testing';

import { HealthModule } from './health.module.js';
import { HealthService } from './health.service.js';

describe('HealthService', () => {
  it('has what the board says, through the checks of the framework', async () => {
    const app = await Test.createTestingModule({ imports: [HealthModule] }).compile();
    await app.init();
    const health = app.get(HealthService);
    const statuses = ['up', 'degraded', 'halted', 'up'] as const;
    const seen = [];
    for (const status of statuses) seen.push(await health.status({ status }));
    expect(seen).toEqual(statuses);
    await app.close();
    // It is on its way out, however well it is.
    expect(await health.status({ status: 'up' })).toBe('degraded');
  });
});
