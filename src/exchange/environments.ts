/** An exchange's worlds: real money, its test network, its demo. */
export type ExchangeEnvironment = 'production' | 'sandbox' | 'demo';
