import { Mortality } from './world/mortality.js';

/** Passes so many seams, and tells how many it outlived. */
async function pass(mortality: Mortality, seams: number, steps: string[]): Promise<string> {
  for (let i = 0; i < seams; i++) {
    await mortality.pass(`seam ${i}`);
    steps.push(`seam ${i}`);
  }
  return 'done';
}

describe('the death of a simulated process', () => {
  it('strikes at the seam it was drawn for, and nothing of the process goes on', async () => {
    const mortality = new Mortality();
    const steps: string[] = [];
    mortality.arm(2, 'tick');
    let wasCaught = false;
    const work = pass(mortality, 5, steps).finally(() => (wasCaught = true));
    expect(await mortality.survive(work)).toBeNull();
    expect([mortality.dead, wasCaught, steps]).toEqual([true, false, ['seam 0', 'seam 1']]);
  });

  it('waits for an order when it is one of those', async () => {
    const mortality = new Mortality();
    mortality.arm(0, 'order');
    expect(await mortality.survive(pass(mortality, 5, []))).toBe('done');
    mortality.endTick();
    mortality.noteOrder();
    expect(await mortality.survive(pass(mortality, 5, []))).toBeNull();
  });

  it('comes when the tick is over where it found no seam', async () => {
    const mortality = new Mortality();
    mortality.arm(9, 'tick');
    expect(await mortality.survive(pass(mortality, 2, []))).toBe('done');
    mortality.endTick();
    expect(mortality.dead).toBe(true);
  });
});
