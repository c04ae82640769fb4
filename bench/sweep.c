/* The loop of one-pass.c once for every pair of averages of a sweep. The yardstick of bench/sweep.mjs.
 * Usage: sweep FILE ROUNDS   prints the median and the best of the rounds in ms of processor time, for all pairs together. */
#define main one_pass
#include "one-pass.c"
#undef main

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  FILE *file = fopen(argv[1], "rb");
  if (!file) return 1;
  fseek(file, 0, SEEK_END);
  long n = ftell(file) / 8;
  rewind(file);
  double *close = malloc(n * 8), *curve = malloc(n * 8);
  if (fread(close, 8, n, file) != (size_t)n) return 1;
  fclose(file);
  int rounds = atoi(argv[2]);
  double *times = malloc(rounds * sizeof(double));
  long trades = 0, wins = 0;
  for (int k = 0; k < rounds; k++) {
    clock_t start = clock();
    trades = wins = 0;
    for (int fast = 5; fast <= 62; fast += 3)
      for (int slow = 70; slow <= 315; slow += 5) {
        Run run = backtest(close, n, fast, slow, curve);
        trades += run.trades;
        wins += run.wins;
      }
    times[k] = (clock() - start) * 1e3 / CLOCKS_PER_SEC;
  }
  qsort(times, rounds, sizeof(double), ascending);
  printf("{\"median\":%.4f,\"best\":%.4f,\"trades\":%ld,\"wins\":%ld}\n", times[rounds / 2], times[0], trades, wins);
  return 0;
}
