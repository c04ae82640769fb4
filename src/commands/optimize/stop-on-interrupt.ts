/** Ctrl-C as a wish to stop at the next good place. A second one ends the process at once, as it always does. */
export function stopOnInterrupt(): { readonly isStopped: () => boolean; readonly release: () => void } {
  let stopped = false;
  const stop = (): void => {
    stopped = true;
    process.stderr.write('\nStopping after this round (Ctrl-C again ends at once) …\n');
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const release = (): void => {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
  };
  return { isStopped: () => stopped, release };
}
