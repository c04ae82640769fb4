import { Random } from '../../domain/random.js';
import type { Point, SearchSpace } from '../space/search-space.js';
import { Unseen, upTo, type Sampler } from './sampler.js';

/** Every free point as likely as any other: what the cleverer samplers have to beat. */
export class RandomSampler implements Sampler {
  private readonly random: Random;
  private readonly unseen: Unseen;

  constructor(space: SearchSpace, seed: number) {
    this.random = new Random(seed);
    this.unseen = new Unseen(space);
  }

  propose(count: number): Point[] {
    return upTo(count, () => this.unseen.draw(this.random));
  }
}
