export const FINDING_KINDS = [
  'unreadable',
  'unit',
  'wrong_timeframe',
  'time_zone',
  'unsorted',
  'duplicate',
  'conflict',
  'off_grid',
  'bad_price',
  'ohlc',
  'spike',
  'partial_last',
  'gap',
  'zero_volume',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** What was found of one kind. */
export interface Finding {
  readonly kind: FindingKind;
  /** Damage must be put right before the file is used; the rest are facts of the market. */
  readonly damage: boolean;
  /** Rows, or missing candles for gaps. */
  readonly count: number;
  /** In words. */
  readonly message: string;
  /** The first few places. */
  readonly places: readonly string[];
}

export interface Gap {
  /** Open times of the last candle before and the first after. */
  readonly lastBefore: number;
  readonly nextAfter: number;
  readonly missing: number;
}

const FACTS: readonly FindingKind[] = ['gap', 'zero_volume'];
const MOST_PLACES = 5;

/** Counts what is found, and keeps the first few places of each kind. */
export class Notes {
  private readonly byKind = new Map<FindingKind, { count: number; places: string[] }>();

  add(kind: FindingKind, place: string, count = 1): void {
    const note = this.byKind.get(kind) ?? { count: 0, places: [] };
    note.count += count;
    if (note.places.length < MOST_PLACES) note.places.push(place);
    this.byKind.set(kind, note);
  }

  has(kind: FindingKind): boolean {
    return this.byKind.has(kind);
  }

  list(gaps: readonly Gap[]): Finding[] {
    return FINDING_KINDS.flatMap((kind): Finding[] => {
      const note = this.byKind.get(kind);
      if (note === undefined) return [];
      return [{ kind, damage: !FACTS.includes(kind), count: note.count, message: wordsOf(kind, note.count, gaps), places: note.places }];
    });
  }
}

function wordsOf(kind: FindingKind, count: number, gaps: readonly Gap[]): string {
  const rows = `${count} ${count === 1 ? 'row' : 'rows'}`;
  switch (kind) {
    case 'unreadable':
      return `${rows} cannot be read`;
    case 'unit':
      return `${rows} with times in another unit than milliseconds`;
    case 'wrong_timeframe':
      return 'the rows belong to another timeframe';
    case 'time_zone':
      return `${rows} with times shifted by a time zone or daylight saving`;
    case 'unsorted':
      return `${rows} out of order`;
    case 'duplicate':
      return `${rows} there twice, alike`;
    case 'conflict':
      return `${rows} there twice, with different values`;
    case 'off_grid':
      return `${rows} with times off the grid`;
    case 'bad_price':
      return `${rows} with a price of zero or less, or a negative volume`;
    case 'ohlc':
      return `${rows} where high or low do not enclose open and close`;
    case 'spike':
      return `${rows} with a price far from both neighbours`;
    case 'partial_last':
      return count === 1 ? 'the last candle is not complete' : `${rows} with candles that are not complete yet`;
    case 'gap':
      return `${gaps.length} ${gaps.length === 1 ? 'gap' : 'gaps'}, ${count} missing ${count === 1 ? 'candle' : 'candles'}`;
    case 'zero_volume':
      return `${rows} without volume`;
  }
}
