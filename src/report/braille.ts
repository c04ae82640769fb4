/** Dots of one character: two across, four down. */
export const DOTS_ACROSS = 2;
export const DOTS_DOWN = 4;

const FIRST_BRAILLE = 0x2800;
/** Bit of each dot, by its row and then its column. */
const BITS = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80];

/** A drawing of dots, eight to a character. */
export class BrailleCanvas {
  private readonly cells: Uint8Array;

  /** @param columns and @param rows in characters */
  constructor(
    readonly columns: number,
    readonly rows: number,
  ) {
    this.cells = new Uint8Array(columns * rows);
  }

  /** A stroke down one column of dots, both ends included; what is outside of the canvas is cut off. */
  stroke(x: number, top: number, bottom: number): void {
    const last = Math.min(bottom, this.rows * DOTS_DOWN - 1);
    for (let y = Math.max(0, top); y <= last; y++) {
      const cell = Math.floor(y / DOTS_DOWN) * this.columns + Math.floor(x / DOTS_ACROSS);
      this.cells[cell] |= BITS[(y % DOTS_DOWN) * DOTS_ACROSS + (x % DOTS_ACROSS)];
    }
  }

  /** One row of characters, with `blank` where there is no dot; without spaces at the end. */
  row(index: number, blank = ' '): string {
    const cells = this.cells.subarray(index * this.columns, (index + 1) * this.columns);
    return Array.from(cells, (bits) => (bits === 0 ? blank : String.fromCharCode(FIRST_BRAILLE + bits))).join('').trimEnd();
  }
}
