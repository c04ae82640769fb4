import { isTimeframe, type Timeframe } from '../../src/domain/timeframe.js';

const given = (variable: string): string | undefined => (process.env[variable] === '' ? undefined : process.env[variable]);

/** A folder of strategies of one's own, which are then held to every law as well. */
export const OWN_FOLDER = given('BOT_STRATEGY_PATH');

/** The one timeframe of every series then, for strategies that look at a longer one; undefined: any. */
export const OWN_TIMEFRAME = timeframeIn(given('BOT_TIMEFRAME'));

function timeframeIn(text: string | undefined): Timeframe | undefined {
  if (text === undefined || isTimeframe(text)) return text;
  throw new Error(`BOT_TIMEFRAME must be a timeframe such as 1h, was "${text}"`);
}
