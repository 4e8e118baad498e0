import { basename } from 'node:path';
import type { CaseSpecification } from '#language/specification';

/** Whether a case was of this file, of whose run folder its record is: both may have been moved together since. */
export function isOfFile({ place }: CaseSpecification, file: string): boolean {
  return basename(place.file) === basename(file);
}
