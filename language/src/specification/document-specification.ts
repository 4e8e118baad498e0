/* A document as plain data: its cases, and its studies with a case for each combination. */
import type { SpecificationDocument } from '#language/imports/imported-documents';
import type { Study } from '#language/generated/ast';
import { variantName, type VariedSetting } from '#domain/study';
import { readSetting } from '#language/entries/read-setting';
import { settingName } from '#language/entries/settings';
import type { CaseSpecification, Specification, StudySpecification } from './specification';
import { placeOf } from './read-present';
import { toCaseSpecification, type FileNames } from './to-specification';
import { varyCase, type ChosenValue } from './vary-case';

/** The cases and studies of a document without errors; `fileOf` names documents as the reader does. */
export function toSpecification(document: SpecificationDocument, fileOf: FileNames): Specification {
  const file = fileOf(document);
  const { declarations } = document.parseResult.value;
  return {
    file,
    cases: declarations.filter((node) => node.$type === 'Case').map((node) => toCaseSpecification(node, fileOf)),
    studies: declarations.filter((node) => node.$type === 'Study').map((node) => toStudySpecification(node, document, fileOf)),
  };
}

/** A study has no more variants than this. */
export const mostVariants = 500;

/** How many variants a study has as far as its settings can be read. */
export function countVariants(study: Study): number {
  return study.entries.reduce((count, setting) => count * readSetting(setting).values.length, study.entries.length === 0 ? 0 : 1);
}

/** One choice for each combination, the values of the last setting next to each other. */
export function combinationsOf(study: Study): readonly (readonly ChosenValue[])[] {
  return study.entries.reduce<readonly (readonly ChosenValue[])[]>(
    (combinations, setting) => combinations.flatMap((chosen) => readSetting(setting).values.map((value) => [...chosen, { setting, value }])),
    [[]],
  );
}

/** A study of a document without errors. Throws when the document or what it imports has errors. */
export function toStudySpecification(study: Study, document: SpecificationDocument, fileOf: FileNames): StudySpecification {
  const base = study.case.ref;
  const [first, ...others] = study.entries.map((setting): VariedSetting => ({
    name: settingName(setting),
    values: readSetting(setting).values.map(({ text, number }) => ({ text, ...(number !== undefined && { number }) })),
  }));
  if (base === undefined || first === undefined) throw new Error('The checks let a study without a case or settings pass.');
  const place = placeOf(study, 'name', fileOf(document));
  return { place, name: study.name, case: base.name, settings: [first, ...others], variants: combinationsOf(study).map((chosen) => toVariant(chosen)) };

  function toVariant(chosen: readonly ChosenValue[]): CaseSpecification {
    const settings = Object.fromEntries(chosen.map(({ setting, value }) => [settingName(setting), value.text]));
    const varied = varyCase(base!, chosen);
    if (varied === undefined) throw new Error('The checks let a setting without effect pass.');
    const { database, case: read } = toCaseSpecification(varied.node, fileOf);
    return { place, database, case: { ...read, name: variantName({ study: study.name, settings }) }, variant: { study: study.name, case: base!.name, settings } };
  }
}

/** The studies of a document, in the order of the file; those that cannot be read are left out, and the checks report why. */
export function studySpecifications(document: SpecificationDocument): readonly StudySpecification[] {
  const studies = (document.parseResult.value.declarations ?? []).filter((node) => node.$type === 'Study');
  return studies.flatMap((study) => {
    const specification = studySpecificationOf(document, study);
    return specification === undefined ? [] : [specification];
  });
}

/** One study of a document; undefined where it or its case cannot be read, or where it has too many variants. */
export function studySpecificationOf(document: SpecificationDocument, study: Study): StudySpecification | undefined {
  const isReadable = study.entries.every((setting) => readSetting(setting).issues.length === 0);
  const count = countVariants(study);
  if (!study.name || !isReadable || count === 0 || count > mostVariants) return undefined;
  try {
    return toStudySpecification(study, document, (each) => each.uri.toString());
  } catch {
    // A part is missing, and a finding reports which.
    return undefined;
  }
}
