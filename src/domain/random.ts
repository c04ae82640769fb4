/**
 * Seeded random numbers: xoshiro128** (Blackman and Vigna 2021) whose four words are the first four outputs of splitmix32.
 * Everything random in the application draws from here, so a seed reproduces it.
 */
export class Random {
  private readonly state = new Uint32Array(4);
  private spareNormal = NaN;

  /** @param seed any integer; its lower 32 bits count */
  constructor(seed: number) {
    let counter = seed >>> 0;
    for (let i = 0; i < 4; i++) {
      counter = (counter + 0x9e3779b9) >>> 0;
      this.state[i] = mix32(counter);
    }
  }

  /** A whole number in [0, 2^32). */
  uint32(): number {
    const s = this.state;
    const product = Math.imul(rotateLeft(Math.imul(s[1], 5) >>> 0, 7), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotateLeft(s[3], 11);
    return product;
  }

  /** A double in [0, 1) with 53 random bits. */
  float(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** A whole number in [0, below). */
  integer(below: number): number {
    return Math.floor(this.float() * below);
  }

  /** Standard normal (Marsaglia's polar method; the second of each pair is kept for the next call). */
  normal(): number {
    if (!Number.isNaN(this.spareNormal)) {
      const spare = this.spareNormal;
      this.spareNormal = NaN;
      return spare;
    }
    for (;;) {
      const x = 2 * this.float() - 1;
      const y = 2 * this.float() - 1;
      const radius = x * x + y * y;
      if (radius > 0 && radius < 1) {
        const scale = Math.sqrt((-2 * Math.log(radius)) / radius);
        this.spareNormal = y * scale;
        return x * scale;
      }
    }
  }
}

/** A well-mixed 32-bit hash of two numbers, to give every block of a series a stream of its own. */
export function mixSeeds(a: number, b: number): number {
  return mix32((mix32((a + 0x9e3779b9) >>> 0) ^ Math.imul(b >>> 0, 0x85ebca6b)) >>> 0);
}

/** A 32-bit hash of a text (FNV-1a). */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

function mix32(value: number): number {
  let z = value >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b) >>> 0;
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35) >>> 0;
  return (z ^ (z >>> 16)) >>> 0;
}

function rotateLeft(value: number, bits: number): number {
  return ((value << bits) | (value >>> (32 - bits))) >>> 0;
}
