import type { Dimension } from '../../src/optimize/space/dimension.js';
import { SearchSpace, type Point } from '../../src/optimize/space/search-space.js';

const range = (name: string, low: number, high: number, more: { step?: number; log?: boolean } = {}): Dimension => ({ kind: 'range', name, low, high, step: more.step ?? null, log: more.log ?? false });
const cube = (dimensions: number, low: number, high: number): SearchSpace => new SearchSpace(Array.from({ length: dimensions }, (_, d) => range(`x${d}`, low, high)), []);

/** A function to minimise, and where. */
export interface TestFunction {
  readonly space: SearchSpace;
  readonly value: (x: Point) => number;
}

const HARTMANN_WEIGHTS = [1, 1.2, 3, 3.2];

function hartmann(widths: readonly (readonly number[])[], centres: readonly (readonly number[])[]): (x: Point) => number {
  return (x) => -HARTMANN_WEIGHTS.reduce((sum, weight, i) => sum + weight * Math.exp(-x.reduce((distance, value, d) => distance + widths[i][d] * (value - centres[i][d]) ** 2, 0)), 0);
}

/** The functions of the acceptance test, by name. */
export const TEST_FUNCTIONS: Readonly<Record<string, TestFunction>> = {
  branin: {
    space: new SearchSpace([range('x', -5, 10), range('y', 0, 15)], []),
    value: ([x, y]) => (y - (5.1 / (4 * Math.PI ** 2)) * x * x + (5 / Math.PI) * x - 6) ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10,
  },
  hartmann3: {
    space: cube(3, 0, 1),
    value: hartmann(
      [[3, 10, 30], [0.1, 10, 35], [3, 10, 30], [0.1, 10, 35]], // prettier-ignore
      [[0.3689, 0.117, 0.2673], [0.4699, 0.4387, 0.747], [0.1091, 0.8732, 0.5547], [0.0381, 0.5743, 0.8828]], // prettier-ignore
    ),
  },
  hartmann6: {
    space: cube(6, 0, 1),
    value: hartmann(
      [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]], // prettier-ignore
      [
        [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
        [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
        [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
        [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
      ],
    ),
  },
  rosenbrock4: {
    space: cube(4, -2.048, 2.048),
    value: (x) => x.slice(1).reduce((sum, next, d) => sum + 100 * (next - x[d] * x[d]) ** 2 + (1 - x[d]) ** 2, 0),
  },
  ackley5: {
    space: cube(5, -32.768, 32.768),
    value: (x) => {
      const mean = (of: (value: number) => number): number => x.reduce((sum, value) => sum + of(value), 0) / x.length;
      return -20 * Math.exp(-0.2 * Math.sqrt(mean((value) => value * value))) - Math.exp(mean((value) => Math.cos(2 * Math.PI * value))) + 20 + Math.E;
    },
  },
  styblinski4: {
    space: cube(4, -5, 5),
    value: (x) => x.reduce((sum, value) => sum + value ** 4 - 16 * value ** 2 + 5 * value, 0) / 2,
  },
  mixed5: {
    space: new SearchSpace([range('a', 2, 50, { step: 1 }), range('b', 10, 200, { step: 1 }), range('c', 0.001, 0.1, { log: true }), range('d', 0, 1), { kind: 'choice', name: 'e', choices: ['p', 'q', 'r', 's'] }], []),
    value: ([a, b, c, d, e]) =>
      1.5 * (Math.log(b / a) - Math.log(4)) ** 2 + (Math.log(a) - Math.log(12)) ** 2 + 1.2 * (Math.log10(c) + 2) ** 2 + 4 * (d - 0.35) ** 2 + [0.8, 0, 0.3, 1.2][e] + 0.05 * (1 - Math.cos(3 * a) * Math.cos(2 * b)) + (b <= a ? 10 : 0),
  },
};
