import type { BotConfig } from '../config/bot-config.js';
import { ConfigError, type Problem } from '../domain/errors.js';
import { timeframeMs } from '../domain/timeframe.js';

/**
 * Settings that are sound one by one and make no sense together for a bot.
 *
 * @throws ConfigError naming all of them
 */
export function assertSound({ executionMode, data, timeframe, execution, schedule }: BotConfig): void {
  const problems: Problem[] = [];
  const candleSeconds = timeframeMs(timeframe) / 1000;
  if (executionMode === 'live' && data.source === 'built-in') problems.push({ path: 'data.source', message: 'must be exchange for live trading: real money is not traded on made-up candles' });
  if (executionMode === 'live' && data.offline) problems.push({ path: 'data.offline', message: 'must be false for live trading: candles that are on file already are old' });
  if (execution.tickDeadlineSeconds >= candleSeconds) problems.push({ path: 'execution.tick_deadline_seconds', message: `must be below the length of a candle, ${candleSeconds} s, was ${execution.tickDeadlineSeconds}` });
  if (schedule.delaySeconds >= candleSeconds) problems.push({ path: 'schedule.delay_seconds', message: `must be below the length of a candle, ${candleSeconds} s, was ${schedule.delaySeconds}` });
  if (problems.length > 0) throw new ConfigError(problems);
}
