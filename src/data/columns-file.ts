import { closeSync, fstatSync, openSync, readSync, statSync, type BigIntStats } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';

import { replaceFile } from '../files/atomic-write.js';
import { columnsOf, type CandleRows } from './candle-rows.js';

const MAGIC = 0x3143_4254; // "TBC1", little-endian
const HEADER_BYTES = 64;
const COLUMNS = 6;
/** Below this many rows the text is read in a few milliseconds, and a second file would only be in the way. */
const FEWEST_ROWS = 5000;

/**
 * The columns of a candle file as raw doubles beside it (`….csv.columns`), so that it is parsed once and then only read. Never the
 * truth: it names the very file it was made from (size, time, inode) and is made anew when that has changed or a bit of its own
 * has flipped.
 *
 * Header, little-endian: magic u32, checksum u32 (CRC-32 of everything after it), rows u64, then size, time of change in nanoseconds
 * and inode of the text, u64 each; 64 bytes. Then six columns of doubles: time, open, high, low, close, volume.
 */
export function readColumnsFile(candleFile: string): CandleRows | null {
  let handle: number;
  try {
    handle = openSync(pathOf(candleFile), 'r');
  } catch {
    return null;
  }
  try {
    const size = fstatSync(handle).size;
    const rows = (size - HEADER_BYTES) / (COLUMNS * 8);
    if (!Number.isInteger(rows) || rows < FEWEST_ROWS) return null;
    const buffer = new ArrayBuffer(size);
    const bytes = new Uint8Array(buffer);
    if (readSync(handle, bytes, 0, size, 0) !== size) return null;
    const expected = headerOf(statSync(candleFile, { bigint: true }), rows);
    for (let i = 8; i < HEADER_BYTES; i++) if (bytes[i] !== expected[i]) return null;
    const header = new DataView(buffer);
    if (header.getUint32(0, true) !== MAGIC || header.getUint32(4, true) !== crc32(bytes.subarray(8))) return null;
    const column = (c: number): Float64Array => new Float64Array(buffer, HEADER_BYTES + c * rows * 8, rows);
    return { openTime: column(0), open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5) };
  } catch {
    return null;
  } finally {
    closeSync(handle);
  }
}

/** Keeps the columns of a file for the next time, where that is possible and worth it; a failure costs nothing but time. */
export function writeColumnsFile(candleFile: string, stat: BigIntStats, rows: CandleRows): void {
  const count = rows.openTime.length;
  if (count < FEWEST_ROWS || !isLittleEndian() || isReadOnly(dirname(candleFile))) return;
  const header = headerOf(stat, count);
  const columns = columnsOf(rows).map((column) => new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  const checksum = columns.reduce((crc, column) => crc32(column, crc), crc32(header.subarray(8)));
  new DataView(header.buffer).setUint32(4, checksum, true);
  try {
    replaceFile(pathOf(candleFile), [header, ...columns]);
  } catch {
    // Read-only or full: the text is still there.
  }
}

/** What the text looked like before it was read: if it changes meanwhile, the columns will not match it. */
export function candleFileStat(candleFile: string): BigIntStats {
  return statSync(candleFile, { bigint: true });
}

function pathOf(candleFile: string): string {
  return `${candleFile}.columns`;
}

function headerOf({ size, mtimeNs, ino }: BigIntStats, rows: number): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setBigUint64(8, BigInt(rows), true);
  view.setBigUint64(16, size, true);
  view.setBigUint64(24, mtimeNs, true);
  view.setBigUint64(32, ino, true);
  return bytes;
}

/** By its mode: the super-user could write there all the same, but the owner has said no. */
function isReadOnly(folder: string): boolean {
  return (statSync(folder).mode & 0o222) === 0;
}

function isLittleEndian(): boolean {
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
}
