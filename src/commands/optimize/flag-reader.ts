import { ConfigError, type Problem } from '../../domain/errors.js';
import type { Options } from '../ledger/ledger-flags.decorator.js';

/** Reads flags as they were typed and gathers what is wrong with them. */
export class FlagReader {
  private readonly problems: Problem[] = [];

  constructor(private readonly options: Options) {}

  text(name: string): string | null {
    const given = this.options[attributeOf(name)];
    return typeof given === 'string' ? given : null;
  }

  isGiven(name: string): boolean {
    return this.options[attributeOf(name)] === true;
  }

  whole(name: string, fallback: number, min: number, max: number): number {
    const text = this.text(name);
    if (text === null) return fallback;
    const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
    return value >= min && value <= max ? value : this.wrong(name, `a whole number from ${min} to ${max}`, fallback);
  }

  /** A number above 0 and below 1, or null. */
  share(name: string): number | null {
    const text = this.text(name);
    if (text === null) return null;
    const value = /^\d*\.?\d+$/.test(text) ? Number(text) : NaN;
    return value > 0 && value < 1 ? value : this.wrong(name, 'a share above 0 and below 1, e.g. 0.3', null);
  }

  oneOf<T extends string>(name: string, choices: readonly T[]): T | null {
    const text = this.text(name);
    if (text === null) return null;
    return choices.find((choice) => choice === text) ?? this.wrong(name, `one of ${choices.join(', ')}`, null);
  }

  wrong<T>(name: string, expected: string, fallback: T): T {
    this.problems.push({ path: `--${name}`, message: `must be ${expected}, was "${this.text(name) ?? ''}"` });
    return fallback;
  }

  /** @throws ConfigError */
  check(): void {
    if (this.problems.length > 0) throw new ConfigError(this.problems, 'Cannot use these flags');
  }
}

/** `min-trades` → `minTrades`, as the parser names it. */
function attributeOf(name: string): string {
  return name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
