import { StrategyError } from '../../domain/errors.js';
import { isModuleName, ModuleFault, ModuleFolder, type LoadedModule } from '../../files/module-folder.js';
import * as kit from '../kit.js';
import { StrategyMark, type StrategyOptions } from '../strategy.decorator.js';
import type { TradingStrategy } from '../trading-strategy.js';

/** A strategy of a user's, and where it came from. */
export interface UserStrategy extends StrategyOptions<object> {
  readonly strategy: TradingStrategy;
  /** Path within the folder. */
  readonly file: string;
  readonly sha256: string;
}

/** What a strategy outside of this source imports. */
export const KIT = 'trading-bot/kit';

/**
 * Every strategy in the files `*.strategy.ts`, `.js`, `.mjs` and `.cjs` of a folder; what else lies there is loaded when one of them imports it.
 *
 * @throws StrategyError naming the file and what is wrong with it; none is loaded then
 */
export function loadUserStrategies(folder: string): UserStrategy[] {
  try {
    const modules = new ModuleFolder(folder, { [KIT]: kit });
    const names = modules.names().filter((name) => isModuleName(name, 'strategy'));
    if (names.length === 0) throw new ModuleFault(folder, 'holds no file whose name ends in .strategy.ts, .strategy.js, .strategy.mjs or .strategy.cjs, and begins with a letter or digit; `strategy new` writes one');
    return names.flatMap((name) => strategiesOf(folder, modules.load(name)));
  } catch (error) {
    if (error instanceof ModuleFault) throw new StrategyError('STRATEGY.INVALID', `strategy.path: ${error.message}`);
    throw error;
  }
}

function strategiesOf(folder: string, { file, exports, sha256 }: LoadedModule): UserStrategy[] {
  const classes = [...new Set(Object.values(exports))].filter((value) => typeof value === 'function');
  const found = classes.flatMap((type): UserStrategy[] => {
    const options = Reflect.getMetadata(StrategyMark.KEY, type) as StrategyOptions<object> | undefined;
    if (options === undefined) return [];
    if (type.length > 0) throw new ModuleFault(`${folder}/${file}`, `has the strategy ${type.name} with a constructor that asks for ${type.length} things; a strategy is made without any`);
    return [{ ...options, strategy: new (type as new () => TradingStrategy)(), file, sha256 }];
  });
  if (found.length === 0) throw new ModuleFault(`${folder}/${file}`, 'exports no class with @Strategy');
  for (const { name, summary, version, params, strategy } of found) {
    const wrong = [
      [typeof name === 'string', 'name'],
      [typeof summary === 'string' && summary !== '', 'summary'],
      [typeof version === 'string' && version !== '', 'version'],
      [typeof params === 'function', 'params, a class of fields'],
    ].find(([right]) => right !== true);
    if (wrong !== undefined) throw new ModuleFault(`${folder}/${file}`, `lacks in @Strategy: ${String(wrong[1])}`);
    for (const method of ['warmupBars', 'generateSignals'] as const) {
      if (typeof strategy[method] !== 'function') throw new ModuleFault(`${folder}/${file}`, `has a strategy ${name} without ${method}()`);
    }
  }
  return found;
}
