/** What some work throws, when it is of this kind; anything else, nothing included, fails the test. */
export function caught<E extends Error>(kind: abstract new (...args: never[]) => E, work: () => unknown): E {
  try {
    work();
  } catch (error) {
    if (error instanceof kind) return error;
    throw error;
  }
  throw new Error(`Nothing was thrown; expected ${kind.name}`);
}
