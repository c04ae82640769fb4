/** The first row on which every column is defined; the number of rows when there is none. */
export function firstDefined(...columns: readonly Float64Array[]): number {
  let first = 0;
  for (const column of columns) {
    while (first < column.length && Number.isNaN(column[first])) first++;
  }
  return first;
}

/** A column of `length` rows that are all undefined. */
export function undefinedColumn(length: number): Float64Array {
  return new Float64Array(length).fill(NaN);
}
