import type { FlagValue } from '../../config/resolve-config.js';

/** Starts the service in this process. The command line's root brings it along: commands stand beside the clockwork, not on it. */
export abstract class ServiceStarter {
  /** @throws what refuses a start; resolves when the service runs */
  abstract start(options: { readonly flags: readonly FlagValue[]; readonly configFile: string | undefined; readonly intervalSeconds: number | null }): Promise<void>;
}
