// Columns are addresses of doubles in a row. A pair is two neighbours in one SIMD register.

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

// @ts-ignore: decorator
@inline
export function pairAt(column: usize, row: i32): v128 {
  return v128.load(placeOf(column, row));
}

// @ts-ignore: decorator
@inline
export function setPair(column: usize, row: i32, pair: v128): void {
  v128.store(placeOf(column, row), pair);
}
