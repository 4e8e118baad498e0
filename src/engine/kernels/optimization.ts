/** Typed entry point of assembly/optimization.ts. */
import { bytes } from './compiled/optimization';
import { compileKernel } from './web-assembly';

/** The exports; every argument but counts is a byte address. The source files say what they do. */
export interface OptimizationFunctions {
  gather(values: number, places: number, count: number, target: number): void;
  filterRuns(padded: number, runs: number, runCount: number, offsets: number, weights: number, neighbors: number, target: number): void;
  evaluateDual(
    variables: number, functions: number, weights: number, lower: number, upper: number, least: number, most: number,
    terms: number, x: number, sums: number, slopes: number,
  ): void;
}

export const createOptimizationKernel = compileKernel<OptimizationFunctions>(bytes);
