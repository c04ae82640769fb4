/**
 * What is wrong with a text that is no JSON, without the piece of it that the engine quotes: a broken file may hold a key, and a piece of
 * it is a piece of the key.
 */
export function jsonProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/, (\.{3})?"[^]*$/, '');
}
