import { createRequire } from 'node:module';

import type * as ClassValidator from 'class-validator';

/**
 * The parts of class-validator that we use, each from its own file. The package's front door loads all of its hundred decorators and a
 * directory of the world's telephone numbers with them, which takes longer than the rest of a command's start.
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
