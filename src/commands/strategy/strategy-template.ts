import type { StrategyNames } from './strategy-names.js';

/**
 * A strategy to begin from: small, and true in everything that the laws ask for.
 *
 * @param kit where it imports from, as the file has to write it
 */
export function strategyText({ name, type }: StrategyNames, kit: string): string {
  return `import {
  clearlyAbove,
  CONDITION_MEMORY,
  IntegerField,
  NumberField,
  rollingMemory,
  signalsWhen,
  Strategy,
  type Candles,
  type IndicatorSet,
  type SignalFrame,
  type TradingStrategy,
} from '${kit}';

/**
 * What can be set, in the settings and with --params; there the names are snake_case. One declaration is the type, the check, the help
 * and the range for an optimiser.
 */
export class ${type}Params {
  @IntegerField({ doc: 'Bars in the average.', min: 2, max: 5000 })
  window = 50;

  @NumberField({ doc: 'How far above its average a close must be to buy, per cent.', min: 0, max: 100 })
  distance = 1;
}

/** Buys where a close comes to stand far enough above its average, sells where one comes to stand below it. */
@Strategy({
  name: '${name}',
  summary: 'Buy when a close rises far enough above its average, sell when one falls below it.',
  // Raise it whenever the same candles and parameters may give another signal.
  version: '1',
  params: ${type}Params,
})
export class ${type}Strategy implements TradingStrategy<${type}Params> {
  /**
   * Bars before a bar that its row depends on: the longest memory of what is used below (every indicator names its own), and a bar for the
   * conditions. \`verify warmup\` tells whether it is enough.
   */
  warmupBars({ window }: ${type}Params): number {
    return rollingMemory(window) + CONDITION_MEMORY;
  }

  /**
   * Whole columns in, whole columns out. Row i is known at the close of bar i and may look at rows up to i, never at a later one, nor at
   * anything of the whole column such as its mean: \`verify causality\` tells. What is bought or sold is so at the next open.
   */
  generateSignals({ close, length }: Candles, { window, distance }: ${type}Params, indicators: IndicatorSet): SignalFrame {
    const average = indicators.sma('close', window);
    const signals = signalsWhen(
      {
        // Where one of these is undefined, nothing is said.
        given: [average],
        // 1 on the row where this becomes true, -1 where the other one does, 0 elsewhere.
        enter: (row) => clearlyAbove(close[row], average[row] * (1 + distance / 100)),
        leave: (row) => clearlyAbove(average[row], close[row]),
      },
      length,
    );
    // The columns by name, for charts, for the records of the bot, and for the proofs.
    return { signals, indicators: { average } };
  }
}
`;
}

/** Its test, with numbers that can be checked by hand. */
export function specText({ name }: StrategyNames): string {
  return `import { candles } from '../../../test/support/candle-builder.js';
import { strategyRegistry } from '../../../test/support/strategies.js';

const registry = await strategyRegistry();

describe('${name}', () => {
  const market = candles().closes(10, 10, 12, 12, 9).build();
  // Average of two:                   10, 11, 12, 10.5

  it('buys where a close comes to stand above its average and sells where one comes to stand below it', () => {
    const { signals, indicators } = registry.bind('${name}', { window: 2, distance: 0 }).frame(market);
    expect([...indicators['average'].slice(1)]).toEqual([10, 11, 12, 10.5]);
    expect([...signals]).toEqual([0, 0, 1, 0, -1]);
  });

  it('does not buy what is not far enough above it', () => {
    // 12 is 9.1 % above 11.
    expect([...registry.bind('${name}', { window: 2, distance: 10 }).frame(market).signals]).toEqual([0, 0, 0, 0, -1]);
  });

  it('asks for the memory of its average and a bar', () => {
    expect(registry.bind('${name}', {}).warmupBars).toBe(49 + 63 + 1);
  });
});
`;
}

/**
 * What an editor needs to know of a folder outside of the source, and \`npx tsc -p\`.
 *
 * @param project path from the folder to the project, with \`/\`
 * @param root the root of the file system where the folder lies outside of the project
 */
export function tsconfigText(project: string, root: string | null): string {
  const outside = root === null ? {} : { rootDir: root, typeRoots: [`${project}/node_modules/@types`] };
  const compilerOptions = { ...outside, noEmit: true, paths: { 'trading-bot/kit': [`${project}/src/strategy/kit.ts`] } };
  return `${JSON.stringify({ extends: `${project}/tsconfig.json`, compilerOptions, include: ['*.ts'], exclude: [] }, null, 2)}\n`;
}
