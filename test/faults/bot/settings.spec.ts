import fc from 'fast-check';

import { resolveConfig } from '../../../src/config/resolve-config.js';
import { SETTINGS, type Setting } from '../../../src/config/settings.js';
import { ConfigError } from '../../../src/domain/errors.js';
import { caught } from '../../support/caught.js';

/** Values of every kind that a settings file can hold. */
const ANYTHING = [null, true, false, '', ' ', 'NaN', '1e999', '-1', 'x'.repeat(5000), [], [1], {}, { a: 1 }, -1, -0.5, 0.1, 1e300, -1e300, Number.MAX_SAFE_INTEGER];

function documentWith(path: string, value: unknown): Record<string, unknown> {
  return path.split('.').reduceRight<unknown>((inner, key) => ({ [key]: inner }), value) as Record<string, unknown>;
}

const refusal = (settings: Record<string, unknown>): ConfigError => caught(ConfigError, () => resolveConfig({ name: 'settings.json', settings }, {}, []));

/** Whether a setting takes a value, by what it says of itself. */
function takes({ spec }: Setting, value: unknown): boolean {
  if (value === null) return spec.optional === true;
  switch (spec.kind) {
    case 'flag':
      return typeof value === 'boolean';
    case 'integer':
    case 'number': {
      if (typeof value !== 'number' || (spec.kind === 'integer' && !Number.isInteger(value))) return false;
      const { min = -Infinity, max = Infinity, above = false } = spec;
      return (above ? value > min : value >= min) && value <= max;
    }
    case 'choice':
      return typeof value === 'string' && (spec.choices ?? []).includes(value);
    case 'object':
      return typeof value === 'object' && !Array.isArray(value);
    default:
      return typeof value === 'string' && value !== '' && (spec.pattern === undefined || spec.pattern.test(value));
  }
}

describe('settings', () => {
  const wrong = SETTINGS.filter(({ spec }) => !['object', 'text'].includes(spec.kind)).flatMap((setting) => ANYTHING.filter((value) => !takes(setting, value)).map((value) => ({ setting, value })));

  it('F94 are refused for every value of the wrong kind or out of range, with the path and what is allowed', () => {
    expect(wrong.length).toBeGreaterThan(500);
    for (const { setting, value } of wrong) {
      const { problems, exitCode } = refusal(documentWith(setting.path, value));
      expect(exitCode).toBe(2);
      expect(problems.map(({ path }) => path)).toContain(setting.path);
      expect(problems.find(({ path }) => path === setting.path)?.message.length).toBeGreaterThan(10);
    }
  });

  it('F94 are refused when they are unknown, wherever they stand, and the nearest is named', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SETTINGS), fc.constantFrom('x', '_', 's'), ({ path }, letter) => {
        const { problems } = refusal(documentWith(`${path}${letter}`, 1));
        expect(problems).toEqual([{ path: `${path}${letter}`, message: expect.stringContaining('is unknown') }]);
      }),
      { numRuns: 500 },
    );
  });

  it('F94 end in a refusal or in settings, whatever is written, and never in anything else', () => {
    const paths = fc.constantFrom(...SETTINGS.map(({ path }) => path), 'nothing', 'risk', 'exchange', '__proto__', 'constructor.prototype');
    fc.assert(
      fc.property(paths, fc.oneof(fc.jsonValue(), fc.constantFrom(...ANYTHING)), (path, value) => {
        try {
          resolveConfig({ name: 'settings.json', settings: documentWith(path, value) }, {}, []);
        } catch (error) {
          expect(error).toBeInstanceOf(ConfigError);
        }
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });
});
