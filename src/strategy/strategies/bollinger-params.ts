import { IntegerField, NumberField } from '../../schema/fields.js';

/** What both strategies on Bollinger bands have in common. */
export class BollingerParams {
  @IntegerField({ doc: 'Bars in the average and in the deviation.', min: 2, max: 5000 })
  window = 20;

  @NumberField({ doc: 'Deviations from the average to each band.', min: 0, max: 10, above: true })
  multiplier = 2;
}
