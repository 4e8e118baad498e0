/* What cases assume of images that do not repeat, as far as the images have been read. */
import { overrideCase, type CaseOverrides, type DesignCase } from '#domain/case';
import type { Finding, PlacedFinding } from '#domain/finding';
import { describeOpenImages } from '#engine/api';
import type { CaseSpecification, FilePath } from '#language/specification/specification';
import type { ImageLibrary } from './image-library';

/** Those of `describeOpenImages` for each case and the cases that its network starts from, with the place of the case. */
export function checkOpenImages(cases: readonly CaseSpecification[], library: Pick<ImageLibrary, 'readOf'>, overrides: CaseOverrides = {}): readonly PlacedFinding[] {
  const describe = ({ database, learning, test, start }: DesignCase<FilePath>): readonly Finding[] => {
    const read = database.kind === 'files' ? library.readOf(database) : undefined;
    const own = database.kind === 'files' && read ? describeOpenImages({ database: { ...database, periodic: read.periodic }, test, ...(learning && { learning }) }) : [];
    return [...own, ...(start.kind === 'case' ? describe(start.case) : [])];
  };
  return cases.flatMap(({ case: original, place }) => describe(overrideCase(original, overrides)).map((finding) => ({ ...finding, place })));
}
