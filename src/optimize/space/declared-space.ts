import { ConfigError, type Problem } from '../../domain/errors.js';
import { didYouMean } from '../../domain/nearest-name.js';
import { Random } from '../../domain/random.js';
import { fieldsOf, type FieldSpec } from '../../schema/fields.js';
import { toSnake } from '../../schema/names.js';
import { parseDeclared, toDocument } from '../../schema/parse.js';
import { sizeOf, type Dimension } from './dimension.js';
import { SearchSpace, type Law, type Operand, type Params } from './search-space.js';
import { dimensionFrom, type SpaceText } from './space-text.js';

const HEADING = 'Cannot search this space';
/** From here on a range above 0 is one of ratios: 10 against 20 bars matters as much as 100 against 200. */
const WIDE = 50;
/** Draws after which a space is taken to be empty. */
const MOST_DRAWS = 20_000;

/**
 * What a strategy's own declaration allows to be searched.
 *
 * @param type the class of its parameters
 * @param configured parameters in the user's spelling, for all that is not searched
 * @param narrowed parameters to search, as the user named them; null: all of them, over the whole of their ranges
 * @throws ConfigError naming every parameter that cannot be searched so
 */
export function declaredSpace(type: new () => object, configured: Params, narrowed: SpaceText | null): SearchSpace {
  const fields = new Map([...fieldsOf(type)].map(([name, spec]) => [toSnake(name), spec]));
  const problems: Problem[] = [];
  const dimensions: Dimension[] = [];
  for (const [name, text] of narrowed ?? []) {
    const spec = fields.get(name);
    if (spec === undefined) problems.push({ path: '--space', message: `${name} is unknown.${didYouMean(name, [...fields.keys()]) || ` The strategy has: ${[...fields.keys()].join(', ') || 'no parameters'}`}` });
    else take(dimensionFrom(name, text, spec), dimensions, problems);
  }
  if (narrowed === null) for (const [name, spec] of fields) dimensions.push(...dimensionOf(name, spec));
  if (problems.length > 0) throw new ConfigError(problems, HEADING);
  if (dimensions.length === 0) throw refused(fields.size === 0 ? 'the strategy has no parameters: there is nothing to search' : 'names no parameter: say for example name=5..60:5');
  const fixed = restOf(type, configured, dimensions);
  const space = new SearchSpace(dimensions, lawsOf(fields, dimensions, fixed), fixed);
  if (!hasPoint(space)) throw refused(`holds no set of parameters that the strategy allows: ${lawTexts(fields).join(', ')}. Widen a range`);
  return space;
}

function take(found: Dimension | string, dimensions: Dimension[], problems: Problem[]): void {
  if (typeof found === 'string') problems.push({ path: '--space', message: found });
  else dimensions.push(found);
}

/** The whole range of a field; none for free texts. */
function dimensionOf(name: string, spec: FieldSpec): Dimension[] {
  if (spec.kind === 'choice') return [{ kind: 'choice', name, choices: spec.choices ?? [] }];
  if (spec.kind === 'flag') return [{ kind: 'choice', name, choices: [false, true] }];
  if (spec.kind !== 'integer' && spec.kind !== 'number') return [];
  const { min = 0, max = 0, above = false, search = {} } = spec;
  const step = search.step ?? (spec.kind === 'integer' ? 1 : null);
  const high = search.max ?? max;
  // A minimum that is not allowed itself: begin a thousandth of the range above it.
  const low = search.min ?? (above ? min + (step ?? (high - min) / 1000) : min);
  return [{ kind: 'range', name, low, high, step, log: search.log ?? (low > (step ?? 0) / 2 && high / low >= WIDE) }];
}

/** Parameters that are not searched: as configured, or their defaults. */
function restOf(type: new () => object, configured: Params, dimensions: readonly Dimension[]): Params {
  const searched = new Set(dimensions.map(({ name }) => name));
  const without = (params: Params): Record<string, unknown> => Object.fromEntries(Object.entries(params).filter(([name]) => !searched.has(name)));
  const parsed = parseDeclared(type, without(configured));
  if (parsed.ok) return without(toDocument(parsed.value));
  // Laws between parameters are the space's own matter: here a value that is kept meets the default of one that is searched.
  const problems = parsed.problems.filter(({ message }) => !message.startsWith('must be less than '));
  if (problems.length > 0) throw new ConfigError(problems.map(({ path, message }) => ({ path: `strategy.params.${path}`, message })));
  return without({ ...toDocument(new type()), ...configured });
}

function lawsOf(fields: ReadonlyMap<string, FieldSpec>, dimensions: readonly Dimension[], fixed: Params): Law[] {
  const operand = (name: string): Operand => {
    const dimension = dimensions.findIndex((candidate) => candidate.name === name);
    return dimension >= 0 ? { dimension } : { value: Number(fixed[name]) };
  };
  return [...fields].flatMap(([name, { lessThan }]) => (lessThan === undefined ? [] : [{ lesser: operand(name), greater: operand(toSnake(lessThan)) }]));
}

function lawTexts(fields: ReadonlyMap<string, FieldSpec>): string[] {
  return [...fields].flatMap(([name, { lessThan }]) => (lessThan === undefined ? [] : [`${name} must be less than ${toSnake(lessThan)}`]));
}

function hasPoint(space: SearchSpace): boolean {
  if (space.isListable) return space.points().next().done !== true;
  const random = new Random(0);
  for (let draw = 0; draw < MOST_DRAWS; draw++) if (space.accepts(space.draw(random))) return true;
  return false;
}

function refused(message: string): ConfigError {
  return new ConfigError([{ path: '--space', message }], HEADING);
}

/** `fast_window 5..60 by 5 (12 values)` */
export function dimensionText(dimension: Dimension): string {
  if (dimension.kind === 'choice') return `${dimension.name} ${dimension.choices.join(', ')}`;
  const { name, low, high, step, log } = dimension;
  return `${name} ${low}..${high}${step === null ? '' : ` by ${step} (${sizeOf(dimension)} values)`}${log ? ', evenly by ratio' : ''}`;
}
