import { HEARTBEAT_LIMIT_MS, heartbeatText, judgeHeartbeat, type Heartbeat } from './heartbeat.js';

const AT = Date.UTC(2024, 0, 1);
const beat: Heartbeat = { pid: 7, phase: 'running', at: AT, startedAt: AT - 1000, botId: 'bot-1', mode: 'paper', market: 'BTC/USDT 1h', strategy: 'sma_cross', level: 'ACTIVE', lastTick: { at: AT, outcome: 'held', reason: 'HOLD.NEUTRAL' }, nextTickAt: null };

describe('a heartbeat', () => {
  it.each<[string, Partial<Heartbeat>, number, boolean]>([
    ['of a moment ago is healthy', {}, 1000, true],
    ['of a bot that is HALTED is healthy, for that is what it should do', { level: 'HALTED' }, 1000, true],
    ['as old as it may be is healthy', {}, HEARTBEAT_LIMIT_MS, true],
    ['older than that is not', {}, HEARTBEAT_LIMIT_MS + 1, false],
    ['of the future is not', {}, -HEARTBEAT_LIMIT_MS - 1, false],
    ['of a service that was stopped is not', { phase: 'stopped' }, 0, false],
    ['of a service that failed is not', { phase: 'failed' }, 0, false],
    ['of a service that starts is', { phase: 'starting', level: null, lastTick: null }, 0, true],
  ])('%s', (_, changes, age, healthy) => {
    expect(judgeHeartbeat(heartbeatText({ ...beat, ...changes }), AT + age).healthy).toBe(healthy);
  });

  it.each([null, '', '{', '{}', 'null', '[]', '{"at":"now","phase":"running"}'])('that is %j is not healthy', (text) => {
    expect(judgeHeartbeat(text, AT).healthy).toBe(false);
  });
});
