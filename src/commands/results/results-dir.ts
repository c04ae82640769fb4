import type { SettingFlag } from '../setting-flags.decorator.js';

/** Where saved results are: the same for all commands about them. */
export const RESULTS_DIR: readonly SettingFlag[] = [{ flag: '--results-dir', path: 'storage.results_dir', value: 'folder' }];
