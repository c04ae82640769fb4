import { createHash } from 'node:crypto';

import type { Environment } from '../config/resolve-config.js';
import { sourceOf } from '../data/source-of.js';
import { ExchangeUnavailable } from '../domain/errors.js';
import type { TradingClient } from '../exchange/trading-client.js';
import { allowsWithdrawals, assertPermitted } from '../execution/live-keys.js';
import { prepareAccount, type AccountNeeds, type OpenAccount } from '../execution/open-account.js';
import { WaitMemory } from '../execution/wait-memory.js';
import { OperatorFiles } from '../files/operator-files.js';
import type { Ledger } from '../persistence/open-ledger.js';
import { ReconcileRepository } from '../persistence/repositories/reconcile-repository.js';
import { OperatorKillSwitch } from '../risk/kill-switch.js';
import { toDocument } from '../schema/parse.js';
import type { BoundStrategy } from '../strategy/trading-strategy.js';
import { assembleBot, type AssembledBot } from './assemble-bot.js';
import { AskPrices, PaperPrices } from './entry-prices.js';
import { assertSound } from './sound-settings.js';

export interface OpenBotOptions extends AccountNeeds {
  readonly strategy: BoundStrategy;
  /** Takes the lock. @throws InstanceLocked, LedgerError */
  readonly openLedger: () => Promise<Ledger>;
  /** Uniform on [0, 1). */
  readonly random: () => number;
}

/** A bot that has its ledger, to the exclusion of every other process. */
export interface OpenBot extends AssembledBot {
  readonly ledger: Ledger;
  /** Where orders go; null on paper. */
  readonly origin: string | null;
  /** Share of this minute's requests that are used, out of memory; null on paper, and where the exchange does not say. */
  readonly weightUsed: () => number | null;
  /** Hash of the settings it runs with. */
  readonly configHash: string;
  /** Gives the ledger back. `clean`: the process ends because it was told to. */
  close(end: 'clean' | 'fault', nowMs: number): Promise<void>;
}

/**
 * Opens everything that trading needs, in the order in which it can be refused: the words and keys of live trading, the lock, the
 * account's permissions. Nothing is signed before the lock is ours.
 *
 * @throws SafetyHalt, ConfigError, InstanceLocked, LedgerError, ExchangeAuthError
 */
export async function openBot(options: OpenBotOptions): Promise<OpenBot> {
  const { config, strategy, data, env, clock, random } = options;
  assertSound(config);
  const openAccount = prepareAccount(options);
  const ledger = await options.openLedger();
  try {
    const desk = await openAccount(ledger.database);
    if (desk.mode === 'live') {
      await restoreWait(desk, ledger, options);
      await refuseUnpermitted(desk.client, clock.now(), env);
    }
    const files = new OperatorFiles(config.storage.dataDir, config.risk.killSwitchFile);
    const assembled = assembleBot({
      config,
      strategy,
      data,
      source: sourceOf(config),
      database: ledger.database,
      account: desk.account,
      executor: desk.executor,
      prices: desk.mode === 'paper' ? new PaperPrices(desk.executor, config.symbol) : new AskPrices(),
      killSwitch: new OperatorKillSwitch(files, env),
      requests: files,
      allowWithdrawals: allowsWithdrawals(env),
      clock,
      random,
    });
    const configHash = createHash('sha256').update(JSON.stringify(toDocument(config))).digest('hex');
    const { botId, executionMode: mode } = config;
    const { states, events } = assembled;
    await states.noteStart(clock.now());
    const details = { strategy: strategy.name, strategy_version: strategy.version, params: strategy.params, symbol: config.symbol, timeframe: config.timeframe, pid: process.pid };
    await events.recordEvent({ botId, mode, kind: 'start', at: clock.now(), configHash, details });
    const close = async (end: 'clean' | 'fault', nowMs: number): Promise<void> => {
      try {
        if (end === 'fault' || ledger.database.fault !== null) return;
        await events.recordEvent({ botId, mode, kind: 'stop', at: nowMs, configHash, details: {} });
        await states.noteCleanStop(nowMs);
      } finally {
        await ledger.close();
      }
    };
    return { ...assembled, ledger, origin: desk.mode === 'live' ? desk.client.origin : null, weightUsed: () => (desk.mode === 'live' ? desk.client.weightUsed() : null), configHash, close };
  } catch (error) {
    await ledger.close();
    throw error;
  }
}

/** What an earlier process was told to wait holds before anything is asked: a ban that a restart forgets grows. */
async function restoreWait({ client, executor }: Extract<OpenAccount, { mode: 'live' }>, { database }: Ledger, { config, strategy, clock }: OpenBotOptions): Promise<void> {
  const book = { botId: config.botId, mode: executor.mode, exchange: executor.exchange, symbol: config.symbol, strategy: strategy.name };
  await new WaitMemory(client, new ReconcileRepository(database), book).restore(clock.now());
}

/** An exchange that does not answer is asked again by every tick, and until then nothing is bought. @throws SafetyHalt, ExchangeAuthError */
async function refuseUnpermitted(client: TradingClient, nowMs: number, env: Environment): Promise<void> {
  try {
    assertPermitted(await client.permissions(), nowMs, env);
  } catch (error) {
    if (!(error instanceof ExchangeUnavailable)) throw error;
  }
}
