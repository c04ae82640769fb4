import { COLUMN_NAMES, columnsOf, type CandleRows } from './candle-rows.js';

/** The candles as a Parquet file: timestamp as 64-bit milliseconds, everything else as doubles. */
export async function candlesToParquet(rows: CandleRows): Promise<Uint8Array> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const [times, ...values] = columnsOf(rows);
  const buffer = parquetWriteBuffer({
    columnData: [
      { name: COLUMN_NAMES[0], data: BigInt64Array.from(times, BigInt), type: 'INT64' },
      ...values.map((data, c) => ({ name: COLUMN_NAMES[c + 1], data, type: 'DOUBLE' as const })),
    ],
  });
  return new Uint8Array(buffer);
}
