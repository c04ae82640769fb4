/** 32-bit FNV-1a hash of the UTF-8 bytes of `text`, as an unsigned integer. */
export function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text, 'utf8')) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}

/** mulberry32: a portable 32-bit generator; the same seed gives the same draws in every implementation. */
export class Prng {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  /** A stream of its own for one purpose, so that more draws for one purpose never shift those of another. */
  static named(seed: number, name: string): Prng {
    return new Prng(fnv1a32(`${seed}:${name}`));
  }

  /** The next draw, an integer in [0, 2^32). */
  nextU32(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (t ^ (t >>> 14)) >>> 0;
  }

  /** An integer in [from, to], both ends included. */
  integer(from: number, to: number): number {
    return from + (this.nextU32() % (to - from + 1));
  }

  /** One of the given items. */
  pick<T>(items: readonly T[]): T {
    return items[this.nextU32() % items.length];
  }

  /** True with the given probability (0 to 1). */
  chance(probability: number): boolean {
    return this.nextU32() < probability * 2 ** 32;
  }
}
