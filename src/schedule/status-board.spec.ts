import { VirtualClock } from '../../test/support/virtual-clock.js';
import { aReport } from '../../test/support/notify/reports.js';
import type { TickReport } from '../bot/tick-report.js';
import { StatusBoard } from './status-board.js';

const EVERY_MS = 3_600_000;

describe('StatusBoard', () => {
  it.each<[string, Partial<TickReport>]>([
    ['up', {}],
    ['up', { outcome: 'refused', reason: 'RISK.MAX_POSITION' }],
    ['up', { outcome: 'traded' }],
    ['degraded', { level: 'REDUCING' }],
    ['degraded', { outcome: 'skipped' }],
    ['degraded', { outcome: 'unknown' }],
    ['halted', { outcome: 'halted' }],
    ['halted', { level: 'HALTED', outcome: 'unknown' }],
  ])('is %s after %o', (status, changes) => {
    const board = new StatusBoard(new VirtualClock(), EVERY_MS);
    board.see(aReport(changes));
    expect(board.status).toBe(status);
  });

  it('is degraded before the first tick and at the end', () => {
    const board = new StatusBoard(new VirtualClock(), EVERY_MS);
    expect(board.status).toBe('degraded');
    board.see(aReport());
    board.stop();
    expect(board.status).toBe('degraded');
  });

  it('is degraded when no tick has come for longer than it may take, whatever the time of day is set to', async () => {
    const clock = new VirtualClock();
    const board = new StatusBoard(clock, EVERY_MS);
    board.see(aReport());
    clock.jump(-1e10);
    await clock.sleep(EVERY_MS + 60_000);
    expect([board.status, board.quietMs]).toEqual(['up', EVERY_MS + 60_000]);
    await clock.sleep(1);
    expect(board.status).toBe('degraded');
    board.see(aReport());
    expect([board.status, board.quietMs]).toEqual(['up', 0]);
  });
});
