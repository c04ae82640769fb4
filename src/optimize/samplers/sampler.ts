import type { Random } from '../../domain/random.js';
import type { Point, SearchSpace } from '../space/search-space.js';

/** A point and how it did. */
export interface Judged {
  readonly point: Point;
  /** Lower is better; Infinity where there is no value. */
  readonly loss: number;
  /** By how much it breaks the hard limits; 0 when it keeps them. Points that break them come after all that do not. */
  readonly violation: number;
}

/** Where the next points to try come from. The same seed and the same answers give the same points. */
export interface Sampler {
  /**
   * @param count how many are wanted
   * @param judged what has been found so far, in the order of the proposals
   * @returns points never proposed before; fewer than wanted when the space is used up
   */
  propose(count: number, judged: readonly Judged[]): Point[];
}

/** Draws that may hit known points or break a law before the rest of the space is listed. */
const MOST_DRAWS = 2000;

/** Remembers what was proposed, so that no point is tried twice. */
export class Unseen {
  private readonly keys = new Set<string>();

  constructor(private readonly space: SearchSpace) {}

  get count(): number {
    return this.keys.size;
  }

  /** Whether the laws allow the point and it was not taken before. */
  isFree(point: Point): boolean {
    return !this.keys.has(this.space.key(point)) && this.space.accepts(point);
  }

  /** @returns false when the point is not free */
  take(point: Point): boolean {
    if (!this.isFree(point)) return false;
    this.keys.add(this.space.key(point));
    return true;
  }

  /** Takes a point at random, every free one as likely as its neighbour; null when none is left. */
  draw(random: Random): Point | null {
    for (let draw = 0; draw < MOST_DRAWS; draw++) {
      const point = this.space.draw(random);
      if (this.take(point)) return point;
    }
    if (!this.space.isListable) return null;
    const left = [...this.space.points()].filter((point) => this.isFree(point));
    if (left.length === 0) return null;
    const point = left[random.integer(left.length)];
    this.take(point);
    return point;
  }
}

/** Up to `count` points of a source, until it gives null. */
export function upTo(count: number, next: () => Point | null): Point[] {
  const points: Point[] = [];
  while (points.length < count) {
    const point = next();
    if (point === null) break;
    points.push(point);
  }
  return points;
}
