/** Fields of the record of kernels/assembly/sweep/records.ts, in their order: doubles one after another. */
const FIELDS = [
  'nextRow',
  'nextValue',
  'endRows',
  'nextProfit',
  'nextMark',
  'marked',
  'cash',
  'coins',
  'spent',
  'entryBar',
  'done',
  'equity',
  'peak',
  'lowest',
  'sum',
  'squares',
  'shortfalls',
  'barsLong',
  'turnover',
  'trades',
  'closed',
  'wins',
  'grossProfit',
  'grossLoss',
  'profits',
  'largest',
  'distances',
] as const;

export type TrialField = (typeof FIELDS)[number];

/** Place of each field in the record. */
export const TRIAL = Object.fromEntries(FIELDS.map((name, place) => [name, place])) as Readonly<Record<TrialField, number>>;
export const TRIAL_FIELDS = FIELDS.length;
