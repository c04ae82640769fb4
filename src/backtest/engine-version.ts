/**
 * Version of what turns candles and signals into numbers. Raised whenever the same input may give another result, so that a saved
 * result says by which rules it was made.
 */
export const ENGINE_VERSION = '1';
