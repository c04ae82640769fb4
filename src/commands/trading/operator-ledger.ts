import type { BotConfig } from '../../config/bot-config.js';
import { InstanceLocked, LedgerError } from '../../domain/errors.js';
import { OperatorFiles } from '../../files/operator-files.js';
import type { RiskMemory } from '../../risk/risk-memory.js';
import type { RiskStates } from '../../risk/risk-states.js';

/** What became of an operator's wish on the ledger. */
export type Reached =
  | { readonly kind: 'done'; readonly before: RiskMemory; readonly after: RiskMemory }
  /** A service has the ledger: it must act itself. */
  | { readonly kind: 'in_use' }
  /** No bot has ever run here. */
  | { readonly kind: 'none' };

export function operatorFiles({ storage, risk }: BotConfig): OperatorFiles {
  return new OperatorFiles(storage.dataDir, risk.killSwitchFile);
}

/** Changes the gate's state where nobody else has the ledger. The database is loaded here, and not before. @throws LedgerError when the ledger cannot be used */
export async function changeStates({ botId, executionMode, storage }: BotConfig, nowMs: number, work: (states: RiskStates) => Promise<RiskMemory>): Promise<Reached> {
  const [{ openLedger }, { RiskLedger }, { RiskStates }] = await Promise.all([import('../../persistence/open-ledger.js'), import('../../persistence/repositories/risk-facts.js'), import('../../risk/risk-states.js')]);
  try {
    const ledger = await openLedger({ dataDir: storage.dataDir, botId, nowMs, create: false });
    try {
      const states = new RiskStates(new RiskLedger(ledger.database), { botId, mode: executionMode });
      const before = await states.memory();
      return { kind: 'done', before, after: await work(states) };
    } finally {
      await ledger.close();
    }
  } catch (error) {
    if (error instanceof InstanceLocked) return { kind: 'in_use' };
    if (error instanceof LedgerError && error.code === 'LEDGER.NONE') return { kind: 'none' };
    throw error;
  }
}

/** The gate's memory as a running service has committed it. */
export async function readMemory({ botId, executionMode, storage }: BotConfig): Promise<RiskMemory> {
  const [{ LedgerReader }, { RiskQueries }, { memoryOf }] = await Promise.all([import('../../persistence/ledger-reader.js'), import('../../persistence/repositories/risk-facts.js'), import('../../risk/risk-memory.js')]);
  const reader = await LedgerReader.open(storage.dataDir);
  try {
    return memoryOf(await new RiskQueries(reader).state({ botId, mode: executionMode }));
  } finally {
    await reader.close();
  }
}
