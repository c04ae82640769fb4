/** How often a property is tried: `count` times in the everyday run, ten times as often in the long one. */
export function draws(count: number): { readonly numRuns: number } {
  return { numRuns: process.env['LONG_TESTS'] === '1' ? 10 * count : count };
}
