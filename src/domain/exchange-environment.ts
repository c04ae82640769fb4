/** An exchange's worlds: real money, its test network, its demo. */
export const EXCHANGE_ENVIRONMENTS = ['production', 'sandbox', 'demo'] as const;
export type ExchangeEnvironment = (typeof EXCHANGE_ENVIRONMENTS)[number];
