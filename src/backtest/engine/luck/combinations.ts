/** Every choice of `chosen` out of `count` things as marks (1 chosen, 0 not), in lexicographic order of the chosen indices. */
export function combinations(count: number, chosen: number): Uint8Array[] {
  const found: Uint8Array[] = [];
  const indices = Array.from({ length: chosen }, (_, i) => i);
  for (;;) {
    const marks = new Uint8Array(count);
    for (const index of indices) marks[index] = 1;
    found.push(marks);
    // The last index that can still move up does; those after it follow right behind.
    let last = chosen - 1;
    while (last >= 0 && indices[last] === count - chosen + last) last--;
    if (last < 0) return found;
    indices[last]++;
    for (let i = last + 1; i < chosen; i++) indices[i] = indices[i - 1] + 1;
  }
}
