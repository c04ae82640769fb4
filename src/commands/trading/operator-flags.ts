import { CONFIG_FLAG, type Options } from '../ledger/ledger-flags.decorator.js';
import type { SettingFlag } from '../setting-flags.decorator.js';

/** Which bot is meant. */
export const BOT_FLAGS: readonly SettingFlag[] = [
  { flag: '--ledger-dir', path: 'storage.data_dir', value: 'folder' },
  { flag: '--mode', path: 'execution_mode', value: 'mode' },
];

export const REASON_FLAGS = [{ flags: '--reason <text>', help: 'Why, for whoever reads it later.' }, CONFIG_FLAG];

export function reasonOf(options: Options): string {
  const reason = typeof options['reason'] === 'string' ? options['reason'].trim() : '';
  return reason === '' ? 'no reason given' : reason;
}
