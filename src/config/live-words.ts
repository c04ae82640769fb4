/** A variable that must hold one certain word. */
export interface LiveWord {
  readonly variable: string;
  readonly word: string;
}

/** Without it nothing is signed: whoever sets it knows that real money is at stake. */
export const ACKNOWLEDGEMENT: LiveWord = { variable: 'LIVE_TRADING_ACKNOWLEDGED', word: 'yes-real-money' };

/** A key that can withdraw is refused but for this. */
export const WITHDRAWALS_OVERRIDE: LiveWord = { variable: 'LIVE_ALLOW_WITHDRAWALS', word: 'yes-i-know' };

/** Every variable of live trading that is neither a setting nor a secret. */
export const LIVE_VARIABLES: readonly string[] = [ACKNOWLEDGEMENT.variable, WITHDRAWALS_OVERRIDE.variable];
