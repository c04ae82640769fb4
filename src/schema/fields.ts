import { IsBoolean, IsIn, IsInt, IsNumber, IsOptional, IsString, Matches, Max, Min, ValidateBy, ValidateNested } from './validation-library.js';

/** What one declared field says about itself: enough for its check, its help, its JSON Schema and its search space. */
export interface FieldSpec {
  readonly kind: 'integer' | 'number' | 'choice' | 'text' | 'flag' | 'section' | 'object';
  readonly doc: string;
  /** In words, for error messages: `a whole number from 1 to 5000`. */
  readonly expected: string;
  readonly min?: number;
  readonly max?: number;
  /** The minimum itself is not allowed. */
  readonly above?: boolean;
  readonly choices?: readonly string[];
  readonly pattern?: RegExp;
  readonly optional?: boolean;
  /** Name of a field of the same object that must be larger. */
  readonly lessThan?: string;
  readonly section?: new () => object;
  readonly search?: SearchHint;
}

/** What a search over a field's values should know besides its range. */
export interface SearchHint {
  /** Distance of the values that are worth a try, counted from `min`. */
  readonly step?: number;
  /** Whether it is the ratio of two values that counts and not their difference; left out, a wide range above 0 says so itself. */
  readonly log?: boolean;
  /** Narrower bounds than those of the field, where its extremes are allowed but not worth a try. */
  readonly min?: number;
  readonly max?: number;
}

interface Common {
  readonly doc: string;
  /** The field may be left out although it has no default. */
  readonly optional?: boolean;
}

const specs = new WeakMap<object, Map<string, FieldSpec>>();

/** The declared fields of a class in order of declaration, its own and inherited ones. */
export function fieldsOf(type: new () => object): ReadonlyMap<string, FieldSpec> {
  const parent = Object.getPrototypeOf(type.prototype) as object | null;
  const inherited = parent !== null && parent !== Object.prototype ? fieldsOf(parent.constructor as new () => object) : new Map();
  return new Map([...inherited, ...(specs.get(type.prototype) ?? [])]);
}

/** @param lessThan a field of the same object that must be larger, e.g. a slow window */
export function IntegerField(options: Common & { min: number; max: number; lessThan?: string; search?: SearchHint }): PropertyDecorator {
  const { min, max, lessThan } = options;
  const expected = `a whole number from ${min} to ${max}`;
  return declare({ kind: 'integer', expected, ...options }, [
    IsInt({ message: expected }),
    Min(min, { message: expected }),
    Max(max, { message: expected }),
    ...(lessThan === undefined ? [] : [IsLessThan(lessThan)]),
  ]);
}

/** @param above true when `min` itself is not allowed */
export function NumberField(options: Common & { min: number; max: number; above?: boolean; lessThan?: string; search?: SearchHint }): PropertyDecorator {
  const { min, max, above = false, lessThan } = options;
  const expected = above ? `a number above ${min}, at most ${max}` : `a number from ${min} to ${max}`;
  const floor = above ? ValidateBy({ name: 'above', validator: { validate: (v) => (v as number) > min, defaultMessage: () => expected } }) : Min(min, { message: expected });
  return declare({ kind: 'number', expected, ...options }, [
    IsNumber({ allowNaN: false, allowInfinity: false }, { message: expected }),
    floor,
    Max(max, { message: expected }),
    ...(lessThan === undefined ? [] : [IsLessThan(lessThan)]),
  ]);
}

export function ChoiceField(options: Common & { choices: readonly string[] }): PropertyDecorator {
  const expected = `one of ${options.choices.join(', ')}`;
  return declare({ kind: 'choice', expected, ...options }, [IsIn(options.choices, { message: expected })]);
}

/**
 * @param accepts a check that a pattern cannot express
 * @param expected both in words
 */
export function TextField(options: Common & { pattern?: RegExp; accepts?: (text: string) => boolean; expected?: string }): PropertyDecorator {
  const expected = options.expected ?? 'a text';
  return declare({ kind: 'text', ...options, expected }, [
    IsString({ message: expected }),
    ...(options.pattern === undefined ? [] : [Matches(options.pattern, { message: expected })]),
    ...(options.accepts === undefined ? [] : [Accepts(options.accepts, expected)]),
  ]);
}

export function FlagField(options: Common): PropertyDecorator {
  return declare({ kind: 'flag', expected: 'true or false', ...options }, [IsBoolean({ message: 'true or false' })]);
}

/** A nested group of fields. */
export function SectionField(options: Common & { section: new () => object }): PropertyDecorator {
  return declare({ kind: 'section', expected: 'an object', ...options }, [ValidateNested({ message: 'an object' })]);
}

/** Free-form names and values that somebody else checks, e.g. a strategy's parameters. */
export function ObjectField(options: Common): PropertyDecorator {
  return declare({ kind: 'object', expected: 'an object of names and values', ...options }, [
    ValidateBy({ name: 'plainObject', validator: { validate: isPlainObject, defaultMessage: () => 'an object of names and values' } }),
  ]);
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function Accepts(accepts: (text: string) => boolean, expected: string): PropertyDecorator {
  return ValidateBy({ name: 'accepts', validator: { validate: (v) => typeof v === 'string' && accepts(v), defaultMessage: () => expected } });
}

/** Both fields are numbers and the first is the smaller one. A fault of type is reported by the field itself, not here. */
function IsLessThan(other: string): PropertyDecorator {
  return ValidateBy({
    name: 'isLessThan',
    constraints: [other],
    validator: {
      validate: (value, args) => {
        const larger = (args?.object as Record<string, unknown> | undefined)?.[other];
        return typeof value !== 'number' || typeof larger !== 'number' || value < larger;
      },
      defaultMessage: (args) => `less than ${other} (${String((args?.object as Record<string, unknown> | undefined)?.[other])})`,
    },
  });
}

function declare(spec: FieldSpec, validators: PropertyDecorator[]): PropertyDecorator {
  return (target, property) => {
    const own = specs.get(target) ?? new Map<string, FieldSpec>();
    own.set(String(property), spec);
    specs.set(target, own);
    if (spec.optional === true) IsOptional()(target, property);
    for (const validator of validators) validator(target, property);
  };
}
