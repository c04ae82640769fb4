import { ChoiceField, FlagField, IntegerField, NumberField, ObjectField, SectionField, TextField } from '../../src/schema/fields.js';

/** A section within the document below. */
export class Limits {
  @NumberField({ doc: 'Largest position.', min: 0, max: 1000, above: true })
  maxPositionUsd = 100;

  @NumberField({ doc: 'Most that may be lost.', min: 0, max: 1 })
  maxLoss = 0.5;
}

/** One field of every kind, for tests of what is made of declarations. */
export class Document {
  @TextField({ doc: 'Market.', pattern: /^[A-Z]+\/[A-Z]+$/, expected: 'a market like BTC/USDT' })
  symbol!: string;

  @IntegerField({ doc: 'Fast window.', min: 1, max: 100, lessThan: 'slowWindow' })
  fastWindow = 10;

  @IntegerField({ doc: 'Slow window.', min: 2, max: 200 })
  slowWindow = 50;

  @ChoiceField({ doc: 'Side.', choices: ['long', 'short'] })
  side = 'long';

  @FlagField({ doc: 'Dry run.' })
  dryRun = true;

  @TextField({ doc: 'Anything.', optional: true })
  note?: string;

  @ObjectField({ doc: 'Free names.' })
  params: Record<string, unknown> = {};

  @SectionField({ doc: 'Limits.', section: Limits })
  limits = new Limits();
}
