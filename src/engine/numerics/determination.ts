/** Σ (a − b)² of two series of one length. */
export function squaredDistance(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);
}

/** The coefficient of determination R² of predictions: 1 where all are right, 0 as good as the mean, below it worse. */
export function coefficientOfDetermination(measured: Float64Array, predicted: Float64Array): number {
  const mean = measured.reduce((sum, value) => sum + value, 0) / measured.length;
  return 1 - squaredDistance(measured, predicted) / squaredDistance(measured, new Float64Array(measured.length).fill(mean));
}
