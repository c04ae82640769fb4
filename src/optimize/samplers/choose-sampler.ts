import { ConfigError } from '../../domain/errors.js';
import type { SearchSpace } from '../space/search-space.js';
import { GridSampler } from './grid.js';
import { RandomSampler } from './random.js';
import type { Sampler } from './sampler.js';
import { MOST_SOBOL_DIMENSIONS, SobolSampler } from './sobol.js';
import { TpeSampler } from './tpe.js';

export const METHODS = ['grid', 'random', 'sobol', 'tpe'] as const;
export type Method = (typeof METHODS)[number];

export interface ChosenSampler {
  readonly method: Method;
  readonly sampler: Sampler;
  /** Points a round: small where every round learns from the ones before. */
  readonly round: number;
}

const LEARNING_ROUND = 8;
const PLAIN_ROUND = 256;

/** @param wanted null: everything where that fits the number of trials, else the sampler that learns. @throws ConfigError */
export function chooseSampler(space: SearchSpace, wanted: Method | null, trials: number, seed: number): ChosenSampler {
  const count = space.count();
  const method = wanted ?? (count !== null && count <= trials ? 'grid' : 'tpe');
  if (method === 'grid' && count === null) throw refused(`cannot list a space of ${space.size === Infinity ? 'endless many' : space.size} sets: give every parameter a step (--space 'name=1..10:1'), or use tpe`);
  if (method === 'sobol' && space.dimensions.length > MOST_SOBOL_DIMENSIONS) throw refused(`sobol knows at most ${MOST_SOBOL_DIMENSIONS} parameters, were ${space.dimensions.length}: use tpe or random`);
  return { method, sampler: make(method, space, seed), round: method === 'tpe' ? LEARNING_ROUND : PLAIN_ROUND };
}

function make(method: Method, space: SearchSpace, seed: number): Sampler {
  switch (method) {
    case 'grid':
      return new GridSampler(space);
    case 'random':
      return new RandomSampler(space, seed);
    case 'sobol':
      return new SobolSampler(space, seed);
    case 'tpe':
      return new TpeSampler(space, seed);
  }
}

function refused(message: string): ConfigError {
  return new ConfigError([{ path: '--method', message }], 'Cannot use these flags');
}
