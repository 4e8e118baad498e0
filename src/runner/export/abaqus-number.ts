/** A number for a data line: at most 20 characters, as the format wants, and 12 digits. */
export function abaqusNumber(value: number): string {
  const text = String(Number(value.toPrecision(12)));
  return /[.e]/.test(text) ? text : `${text}.`;
}
