import type { RawRequest } from '../base/wire.js';
import { decodePairs, splitPairs, type RawPair } from './parameters.js';

/** A request taken apart, nothing of it checked yet. */
export class Call {
  readonly query: readonly RawPair[];
  readonly body: readonly RawPair[];
  /** Decoded values by name. */
  readonly values: Map<string, string>;

  constructor(readonly raw: RawRequest) {
    this.query = splitPairs(raw.query);
    this.body = raw.method === 'GET' ? [] : splitPairs(raw.body);
    this.values = decodePairs(this.query, this.body);
  }

  get method(): string {
    return this.raw.method;
  }

  get path(): string {
    return this.raw.path;
  }

  get isSigned(): boolean {
    return this.values.has('signature');
  }

  /** Decoded values without the signature, for the journal. */
  unsigned(): Record<string, string> {
    const { signature: _signature, ...others } = Object.fromEntries(this.values);
    return others;
  }
}
