import type { ResultLuck } from '../backtest/result-luck.js';
import { counted, percent, ratio } from './numbers.js';

/**
 * What chance may have to do with a result, one sentence each.
 *
 * @returns none where there is nothing to judge
 */
export function luckSentences({ sharpe: luck, per, closedTrades, tries, deflated }: ResultLuck): string[] {
  if (luck === null) return [];
  const { sharpe, interval, probability, shape } = luck;
  const facts = `Sharpe ${ratio(sharpe)} a year, 90 % interval ${ratio(interval[0])} … ${ratio(interval[1])}`;
  const basis = `${counted(shape.count, per === 'day' ? 'daily return' : 'return')}, stationary bootstrap`;
  return [
    `${judgement(interval, closedTrades)}: ${facts} (${basis}).`,
    `Chance that it is really above zero: ${chance(probability)} (probabilistic Sharpe ratio).`,
    ...(tries === null || tries < 2 ? [] : [tried(tries, deflated)]),
  ];
}

function judgement([low, high]: readonly [number, number], trades: number): string {
  const on = counted(trades, 'closed trade');
  if (high < 0) return `On ${on} bad luck alone hardly explains it`;
  return low > 0 ? `On ${on} luck alone hardly explains it` : `With ${on} this could be luck`;
}

function tried(tries: number, deflated: ResultLuck['deflated']): string {
  const count = `${counted(tries, 'set of parameters was', 'sets of parameters were')} tried with this strategy on this market`;
  if (deflated === null) return `${count}, none of which can be compared.`;
  return `${count}: the best of so many worthless ones would show ${ratio(deflated.thresholdPerYear)}, and the chance of being really above that is ${chance(deflated.probability)} (deflated Sharpe ratio).`;
}

/** A probability is never shown as certain. */
function chance(probability: number): string {
  if (probability > 0.999) return 'more than 99.9 %';
  return probability < 0.001 ? 'less than 0.1 %' : percent(probability);
}
