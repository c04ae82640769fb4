import { oneLine, shorten } from './columns.js';
import { NOTHING, scientific } from './numbers.js';

const MARK = '*';

/** Parameters as they are typed, `fast_window=10`, each one word; the ones given on the command line carry a "*". */
export function paramWords(params: Readonly<Record<string, unknown>>, overridden: readonly string[], width: number): string[] {
  return Object.entries(params).map(([name, value]) => {
    const mark = overridden.includes(name) ? MARK : '';
    return shorten(`${oneLine(name)}=${valueText(value)}`, width - mark.length) + mark;
  });
}

/** What the mark means; null when nothing carries it. */
export function paramLegend(params: Readonly<Record<string, unknown>>, overridden: readonly string[]): string | null {
  return overridden.some((name) => Object.hasOwn(params, name)) ? `(${MARK} from the command line)` : null;
}

function valueText(value: unknown): string {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? numberText(value) : NOTHING;
    case 'string':
      return oneLine(value) || '""';
    case 'boolean':
      return String(value);
    case 'object':
      return value === null ? NOTHING : oneLine(JSON.stringify(value));
    default:
      return NOTHING;
  }
}

function numberText(value: number): string {
  const text = String(value);
  return text.length > 20 ? scientific(value, 6) : text.replace('e+', 'e');
}
