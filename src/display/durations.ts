/* Durations in words. */

/** A measured duration: `0.4 s`, `17 s`, `3 min 05 s`, `2 h 10 min`. */
export function durationText(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, '0')} s`;
  const minutes = Math.round(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

const roughUnits = [['days', 86_400], ['h', 3600], ['min', 60], ['s', 1]] as const;

/**
 * An estimated duration in one unit, the largest of which there are 1.5: `45 s`, `3 min`, `2.5 h`, `2 days`.
 * The number of significant digits says how rough the estimate is.
 */
export function roughDurationText(seconds: number, digits = 2): string {
  const [unit, length] = roughUnits.find(([, each]) => seconds >= 1.5 * each) ?? roughUnits[3];
  const amount = length < 3600 ? Math.max(1, Math.round(seconds / length)) : seconds / length;
  return `${Number(amount.toPrecision(digits))} ${unit}`;
}
