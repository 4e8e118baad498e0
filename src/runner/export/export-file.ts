/* The text of one image in each format for other programs, and how its file is called. */
import { createFieldSolver, type Image2D, type VirtualTestKind } from '#engine/api';
import { abaqusInput, type ExportOrigin } from './abaqus-input';
import { fieldsImage } from './fields-image';
import type { ExportedTest } from './load-cases';

export type ExportFormat = 'abaqus' | 'calculix' | 'vti';

/** How the names of files end after picture and test. */
const endings: Readonly<Record<ExportFormat, string>> = { abaqus: '.inp', calculix: '-calculix.inp', vti: '.vti' };

/** `<stem>-<test>.inp`, `-calculix.inp` or `.vti`. */
export function exportFileName(stem: string, test: VirtualTestKind, format: ExportFormat): string {
  return `${stem}-${test}${endings[format]}`;
}

/** Writes an image of the resolution as a text of the format. */
export type ExportWriter = (image: Image2D<'binary'>, origin: ExportOrigin, format: ExportFormat) => string;

/** A writer for images of one resolution; the solver is set up with the first that needs it. */
export function createExportWriter(resolution: number, test: ExportedTest): ExportWriter {
  const { kind, plane, phases } = test;
  let solver: ReturnType<typeof createFieldSolver> | undefined;
  return (image, origin, format) => {
    if (format !== 'vti') return abaqusInput(image, test, origin, format);
    solver ??= createFieldSolver(resolution, phases, { kind, plane });
    return fieldsImage(image, test, solver, `Virtual test ${kind} of ${origin.picture}, case ${origin.caseName}, ${plane}.`);
  };
}
