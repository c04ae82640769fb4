export type Decision = 'buy' | 'sell' | 'hold';

/** The trading rule, the same everywhere: buy when flat on 1, sell when long on -1, else nothing. */
export function decide(signal: number, long: boolean): Decision {
  if (signal === 1 && !long) return 'buy';
  if (signal === -1 && long) return 'sell';
  return 'hold';
}

/** Whether the rule wants to be long after each bar's close (1) or flat (0): the fold of `decide` over a signal column. */
export function holdings(signals: Int8Array): Uint8Array {
  const held = new Uint8Array(signals.length);
  let long = false;
  for (let i = 0; i < signals.length; i++) {
    const decision = decide(signals[i], long);
    if (decision !== 'hold') long = decision === 'buy';
    held[i] = Number(long);
  }
  return held;
}
