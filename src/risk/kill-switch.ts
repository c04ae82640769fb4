import type { OperatorFiles } from '../files/operator-files.js';

export interface SwitchPosition {
  readonly thrown: boolean;
  /** What holds it, in words; null when it is not thrown. */
  readonly by: string | null;
}

/** Whether a person (or a person's program) wants nothing to be sent. Looked at before every order; asking costs nothing and never throws. */
export interface KillSwitch {
  isThrown(): SwitchPosition;
}

export const KILL_SWITCH_VARIABLE = 'TRADING_KILL_SWITCH';

/** Said by somebody who does not want it thrown; anything else that stands there throws it. */
const NOT_THROWN = new Set(['', '0', 'false', 'no', 'off']);

/** The file of the data folder, and the environment. */
export class OperatorKillSwitch implements KillSwitch {
  /** @param environment looked at every time */
  constructor(
    private readonly files: Pick<OperatorFiles, 'killedBy'>,
    private readonly environment: Readonly<Record<string, string | undefined>>,
  ) {}

  isThrown(): SwitchPosition {
    const setting = this.environment[KILL_SWITCH_VARIABLE] ?? '';
    const by = NOT_THROWN.has(setting.trim().toLowerCase()) ? this.files.killedBy() : `the environment (${KILL_SWITCH_VARIABLE})`;
    return { thrown: by !== null, by };
  }
}
