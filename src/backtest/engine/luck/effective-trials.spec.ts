import { effectiveTrials } from './effective-trials.js';

const up = Float64Array.of(1, -1, 1, -1);
const pair = Float64Array.of(1, 1, -1, -1);

describe('effectiveTrials', () => {
  it('counts copies as one', () => {
    const found = effectiveTrials([up, up.map((r) => 3 * r + 1), up]);
    expect(found?.byCorrelation).toBeCloseTo(1, 12);
    expect(found?.byParticipation).toBeCloseTo(1, 12);
  });

  it('counts unrelated trials in full', () => {
    expect(effectiveTrials([up, pair])).toEqual({ averageCorrelation: 0, byCorrelation: 2, byParticipation: 2 });
  });

  it('counts a trial that never traded in full', () => {
    expect(effectiveTrials([up, new Float64Array(4)])?.byCorrelation).toBe(2);
  });

  it('has nothing to say of a single trial', () => {
    expect(effectiveTrials([up])).toBeNull();
  });
});
