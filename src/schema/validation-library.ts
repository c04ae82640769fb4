import { createRequire } from 'node:module';

import type * as ClassTransformer from 'class-transformer';
import type * as ClassValidator from 'class-validator';

/**
 * The parts of class-validator and class-transformer that we use, each from its own file. The front door of the first loads a
 * hundred decorators and a directory of the world's telephone numbers, which takes longer than the rest of a command's start.
 */
const load = createRequire(import.meta.url);

function part<Name extends keyof typeof ClassValidator>(path: string, name: Name): (typeof ClassValidator)[Name] {
  return (load(`class-validator/cjs/${path}.js`) as typeof ClassValidator)[name];
}

export const IsBoolean = part('decorator/typechecker/IsBoolean', 'IsBoolean');
export const IsIn = part('decorator/common/IsIn', 'IsIn');
export const IsInt = part('decorator/typechecker/IsInt', 'IsInt');
export const IsNumber = part('decorator/typechecker/IsNumber', 'IsNumber');
export const IsOptional = part('decorator/common/IsOptional', 'IsOptional');
export const IsString = part('decorator/typechecker/IsString', 'IsString');
export const Matches = part('decorator/string/Matches', 'Matches');
export const Max = part('decorator/number/Max', 'Max');
export const Min = part('decorator/number/Min', 'Min');
export const ValidateBy = part('decorator/common/ValidateBy', 'ValidateBy');
export const ValidateNested = part('decorator/common/ValidateNested', 'ValidateNested');

const Validator = part('validation/Validator', 'Validator');

export const validateSync = (value: object, options: ClassValidator.ValidatorOptions): ClassValidator.ValidationError[] => new Validator().validateSync(value, options);

const transformer = new (load('class-transformer/cjs/ClassTransformer.js') as { ClassTransformer: typeof ClassTransformer.ClassTransformer }).ClassTransformer();

export const plainToInstance = <T extends object>(type: new () => T, plain: object, options: ClassTransformer.ClassTransformOptions): T => transformer.plainToInstance(type, plain, options);
