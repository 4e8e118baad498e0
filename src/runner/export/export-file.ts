/* The text of one image in each format for other programs, and how its file is called. */
import { success, type Finding, type Result } from '#domain/finding';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { createFieldSolver, type Image2D, type LoadCaseFields, type LoadCaseName } from '#engine/api';
import { abaqusInput, type ExportOrigin } from './abaqus-input';
import { fieldsImage } from './fields-image';
import { loadCasesOf, type ExportedTest } from './load-cases';
import { solidPart } from './solid-part';

export type ExportFormat = 'abaqus' | 'calculix' | 'vti';

/** How the names of files end after picture and test. */
const endings: Readonly<Record<ExportFormat, string>> = { abaqus: '.inp', calculix: '-calculix.inp', vti: '.vti' };

/** `<stem>-<test>.inp`, `-calculix.inp` or `.vti`. */
export function exportFileName(stem: string, test: VirtualTestKind, format: ExportFormat): string {
  return `${stem}-${test}${endings[format]}`;
}

/** The text of a file, with what must be said of it. */
export interface ExportedText {
  readonly text: string;
  readonly loadCases: readonly LoadCaseName[];
  readonly findings: readonly Finding[];
}

/** Writes an image of the resolution as a text of the format. Findings: `nothing-to-export`; beside a text `export-hinges`. */
export type ExportWriter = (image: Image2D<'binary'>, origin: ExportOrigin, format: ExportFormat) => Result<ExportedText>;

/** A writer for images of one resolution; the solver is set up with the first that needs it. */
export function createExportWriter(resolution: number, test: ExportedTest): ExportWriter {
  const { kind, plane, phases } = test;
  let solver: ReturnType<typeof createFieldSolver> | undefined;
  return (image, origin, format) => {
    const fields = (): readonly LoadCaseFields[] => (solver ??= createFieldSolver(resolution, phases, { kind, plane })).solve(image).loadCases;
    if (format === 'vti') {
      const comment = `Virtual test ${kind} of ${origin.picture}, case ${origin.caseName}, ${plane}.`;
      return success({ text: fieldsImage(image, test, fields(), comment), loadCases: loadCasesOf(test), findings: [] });
    }
    const part = solidPart(image, test, origin.picture, fields);
    if (!part.ok) return part;
    const { loadCases, findings } = part.value;
    return success({ text: abaqusInput(image, test, origin, format, part.value), loadCases, findings });
  };
}
