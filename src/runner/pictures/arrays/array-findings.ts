/* What there is to say of datasets and tables beyond the findings of all pictures. `name` is the file or the dataset as the specification writes it. */
import { failure, type Result } from '#domain/finding';
import { datasetText, type DatasetInfo } from './array-file';

/** Names after which a list of datasets ends: MICRO2D has 40. */
const mostNames = 12;

/** No dataset has this name, or none is named and several could be pictures. */
export function datasetNotFound(name: string, dataset: string | undefined, datasets: readonly DatasetInfo[]): Result<never> {
  const listed = datasets.slice(0, mostNames).map(datasetText).join(', ');
  const there = datasets.length === 0 ? 'nothing' : datasets.length > mostNames ? `${listed} and ${datasets.length - mostNames} more` : listed;
  return dataset === undefined
    ? failure('dataset-not-found', `Which dataset of ${name} is meant is not said. It has ${there}.`, 'Name the dataset after the file and a colon: "set.npz:images".')
    : failure('dataset-not-found', `${name} has no "${dataset}". It has ${there}.`, 'Name one that it has; capital letters matter.');
}

/** The dataset cannot be what is asked for; `reason` completes "… has the shape (…): …". */
export function arrayShape(name: string, shape: readonly number[], reason: string, remedy: string): Result<never> {
  return failure('array-shape', `${name} has the shape (${shape.join(', ')}): ${reason}.`, remedy);
}

/** A picture has NaN, an infinite value, or one beyond single precision. `name` has its number. */
export function arrayNotFinite(name: string, row: number, column: number): Result<never> {
  return failure('array-not-finite', `${name} has a value in row ${row}, column ${column} that is not a finite number of single precision.`, 'Replace such values, or leave the picture out.');
}

/** A table contradicts its format; `reason` completes "is no table: …". */
export function tableMalformed(name: string, reason: string): Result<never> {
  return failure('table-malformed', `${name} is no table: ${reason}.`, 'Save it as CSV in UTF-8, with one line of column names and as many values in each row.');
}

/** A value of a table is no number; `place` says which one. */
export function tableNotNumber(name: string, place: string, value: string): Result<never> {
  const short = value.length > 40 ? `${value.slice(0, 40)}…` : value;
  return failure('table-not-number', `${name} has "${short}" in ${place}, which is no number.`, 'Write a number, or leave the value empty if it is not known.');
}

/** A value of a table has a decimal comma. */
export function tableDecimalComma(name: string, place: string, value: string): Result<never> {
  return failure('table-decimal-comma', `${name} has "${value}" in ${place}: a decimal comma.`, 'Write decimal points: with a comma, 1,234 could be 1.234 or 1234.');
}
