/* What a C programmer writes first: one backtest in one fused pass over the closes, with the equity curve. The yardstick of bench/.
 * Usage: one-pass FILE ROUNDS   (FILE: closes as whole ticks in little-endian doubles)   prints the median and the best of the rounds in ms. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static const double FEE = 0.001;

static double now_ms(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e3 + t.tv_nsec * 1e-6;
}

static int ascending(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

typedef struct { double equity, lowest, sum, squares; long trades, wins; } Run;

static Run backtest(const double *close, long n, int fast, int slow, double *curve) {
  Run run = {1, 1, 0, 0, 0, 0};
  double sum_fast = 0, sum_slow = 0, peak = 1, entry = 0;
  int side = 0, held = 0, wanted = 0;
  for (long i = 0; i < slow; i++) {
    sum_slow += close[i];
    if (i >= slow - fast) sum_fast += close[i];
    curve[i] = 1;
  }
  double difference = sum_fast * slow - sum_slow * fast;
  side = (difference > 0) - (difference < 0);
  for (long i = slow; i < n; i++) {
    double growth = 1;
    if (wanted != held) {
      held = wanted;
      growth = 1 - FEE;
      if (held) {
        entry = close[i - 1];
        growth *= close[i] / close[i - 1];
      } else {
        run.trades++;
        run.wins += close[i - 1] * (1 - FEE) * (1 - FEE) > entry;
      }
    } else if (held) {
      growth = close[i] / close[i - 1];
    }
    double r = growth - 1;
    run.equity *= growth;
    run.sum += r;
    run.squares += r * r;
    if (run.equity > peak) peak = run.equity;
    else if (run.equity < run.lowest * peak) run.lowest = run.equity / peak;
    curve[i] = run.equity;
    sum_fast += close[i] - close[i - fast];
    sum_slow += close[i] - close[i - slow];
    difference = sum_fast * slow - sum_slow * fast;
    if (difference > 0) {
      if (side < 0) wanted = 1;
      side = 1;
    } else if (difference < 0) {
      if (side > 0) wanted = 0;
      side = -1;
    }
  }
  return run;
}

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
  Run run = {0};
  for (int k = 0; k < rounds; k++) {
    double start = now_ms();
    run = backtest(close, n, 10, 50, curve);
    times[k] = now_ms() - start;
  }
  qsort(times, rounds, sizeof(double), ascending);
  printf("{\"median\":%.4f,\"best\":%.4f,\"trades\":%ld,\"wins\":%ld,\"equity\":%.12g}\n", times[rounds / 2], times[0], run.trades, run.wins, run.equity);
  return 0;
}
