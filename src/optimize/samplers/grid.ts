import type { Point, SearchSpace } from '../space/search-space.js';
import { upTo, type Sampler } from './sampler.js';

/** Every point of a space that can be listed, the last dimension changing fastest. */
export class GridSampler implements Sampler {
  private readonly points: Iterator<Point>;

  constructor(space: SearchSpace) {
    this.points = space.points();
  }

  propose(count: number): Point[] {
    return upTo(count, () => {
      const { done, value } = this.points.next();
      return done === true ? null : value;
    });
  }
}
