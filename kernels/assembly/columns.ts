// Columns are addresses of doubles in a row.

// @ts-ignore: decorator
@inline
export function placeOf(column: usize, row: i32): usize {
  return column + (<usize>row << 3);
}

// @ts-ignore: decorator
@inline
export function valueAt(column: usize, row: i32): f64 {
  return load<f64>(placeOf(column, row));
}

// @ts-ignore: decorator
@inline
export function setValue(column: usize, row: i32, value: f64): void {
  store<f64>(placeOf(column, row), value);
}
