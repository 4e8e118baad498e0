/* Whether a file of the run folder has what is remembered of a database: it may be damaged, or of another program. */
import type { PlacedFinding } from '#domain/finding';
import type { ImagesRead } from '#domain/image-files';
import type { ListedFile } from './listed-file';

/** What the files of a database gave. */
export interface Remembered {
  readonly files: readonly ListedFile[];
  readonly read: ImagesRead;
  readonly findings: readonly Omit<PlacedFinding, 'place'>[];
}

/** Whether a value that was read from JSON has every field with its type. */
export function isRemembered(value: unknown): value is Remembered {
  if (!isObject(value)) return false;
  const { files, read, findings } = value;
  return isListOf(files, isListedFile) && files.length > 0 && isRead(read) && isListOf(findings, isFinding);
}

function isListedFile({ name, written, path, dataset, size, modified }: Fields): boolean {
  return areTexts(name, written, path) && (dataset === undefined || areTexts(dataset)) && areNumbers(size, modified);
}

function isRead(read: unknown): boolean {
  if (!isObject(read) || !isObject(read['fraction'])) return false;
  const { sha256, count, fraction: { lower, upper }, periodic } = read as { readonly [name: string]: unknown; readonly fraction: Fields };
  return typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) && Number.isInteger(count) && (count as number) > 0 && areNumbers(lower, upper) && typeof periodic === 'boolean';
}

function isFinding({ code, severity, message, remedy }: Fields): boolean {
  return areTexts(code, message) && (severity === 'warning' || severity === 'information') && (remedy === undefined || areTexts(remedy));
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isListOf(value: unknown, isOne: (one: Fields) => boolean): value is readonly unknown[] {
  return Array.isArray(value) && value.every((one) => isObject(one) && isOne(one));
}

const areTexts = (...values: readonly unknown[]): boolean => values.every((value) => typeof value === 'string');
const areNumbers = (...values: readonly unknown[]): boolean => values.every((value) => typeof value === 'number');
