/* Images from disk with a case's materials and test, as files for other programs. */
import { basename, join } from 'node:path';
import type { DesignCase } from '#domain/case';
import { type Finding, type Result, success } from '#domain/finding';
import type { Direction } from '#domain/objective';
import type { VirtualTestKind } from '#domain/virtual-tests';
import { createFieldSolver, type Image2D, type LoadCaseFields, type LoadCaseName } from '#engine/api';
import { readTwoPhasePng } from '#runner/png/read-two-phase-png';
import { abaqusInput, type ExportOrigin } from './abaqus-input';
import { exportNames } from './export-names';
import { fieldsImage } from './vtk-image';
import { type ExportedTest, loadCasesOf } from './load-cases';
import { solidPart } from './solid-part';
import { storeFile } from './store-file';

/** What to export and where. */
export interface ExportRequest {
  /** PNG files. */
  readonly images: readonly string[];
  readonly formats: readonly ExportFormat[];
  /** Instead of the case's own test. */
  readonly kind?: VirtualTestKind;
  readonly direction?: Direction;
  /** As in `PngSettings`. */
  readonly whiteAbove?: number;
  /** Is made when it is not there. */
  readonly folder: string;
}

/** One file that was written. */
export interface ExportedFile {
  readonly picture: string;
  readonly file: string;
  readonly format: ExportFormat;
  readonly test: VirtualTestKind;
  readonly loadCases: readonly string[];
}

/**
 * Writes `<image>-<test>.inp`, `-calculix.inp` and `.vti` into the folder, each whole or not at all; files of the same
 * name are replaced. Names that other programs do not accept are changed (`exportNames`). An image that
 * cannot be read is a finding, and the others are still exported; a failure of the disk ends the export. Findings: those of `readTwoPhasePng` and of
 * `withStorageErrors`, `missing-expansion`, `direction-without-effect`, `export-name-changed`, `nothing-to-export`,
 * `export-hinges`.
 */
export async function exportImages(
  { name: caseName, phases, plane, test: ownTest, database }: DesignCase<unknown>,
  request: ExportRequest,
): Promise<{ readonly files: ExportedFile[]; readonly findings: Finding[] }> {
  const files: ExportedFile[] = [];
  const findings: Finding[] = [];
  const test: ExportedTest = {
    kind: request.kind ?? ownTest,
    plane,
    phases,
    ...(request.direction && { direction: request.direction }),
  };
  const refused = refuseTest(test);
  if (refused) return { files, findings: [refused] };

  const write = createExportWriter(database.resolution, test);
  for (const { path, stem, finding } of exportNames(request.images)) {
    const read = await readTwoPhasePng(path, { resolution: database.resolution, whiteAbove: request.whiteAbove });
    if (!read.ok) {
      findings.push(...read.findings);
      continue;
    }
    const { image, warnings } = read.value;
    findings.push(...warnings);
    if (finding) findings.push(finding);
    for (const format of request.formats) {
      const file = join(request.folder, exportFileName(stem, test.kind, format));
      const made = write(image, { imageName: basename(path), caseName }, format);
      // Two formats report the same finding of one image.
      const reported = made.ok ? made.value.findings : made.findings;
      findings.push(...reported.filter((each) => !findings.some(({ code, message }) => code === each.code && message === each.message)));
      if (!made.ok) continue;
      const written = storeFile(request.folder, file, made.value.text);
      if (!written.ok) return { files, findings: [...findings, ...written.findings] };
      files.push({ picture: path, file, format, test: test.kind, loadCases: made.value.loadCases });
    }
  }
  return { files, findings };
}

function refuseTest({ kind, phases, direction }: ExportedTest): Finding | undefined {
  if (kind === 'periodic' && direction !== undefined) {
    return {
      code: 'direction-without-effect',
      severity: 'error',
      message: `The test periodic has no compression along ${direction}.`,
      remedy: 'Leave --direction out: the periodic unit strains belong together.',
    };
  }
  const unheatable = kind === 'heating' ? [phases.white, phases.black].find(({ thermalExpansion }) => thermalExpansion === undefined) : undefined;
  return (
    unheatable && {
      code: 'missing-expansion',
      severity: 'error',
      message: `The test heats the images, but ${unheatable.name} has no expansion.`,
      remedy: 'Add one, such as `expansion 23.6e-6 1/K`, or choose another test.',
    }
  );
}

/* The contents and the name of the file of one image in each format for other programs. */

export type ExportFormat = 'abaqus' | 'calculix' | 'vti';

/** The ends of file names, after image and test. */
const endings: Readonly<Record<ExportFormat, string>> = { abaqus: '.inp', calculix: '-calculix.inp', vti: '.vti' };

/** `<stem>-<test>.inp`, `-calculix.inp` or `.vti`. */
export function exportFileName(stem: string, test: VirtualTestKind, format: ExportFormat): string {
  return `${stem}-${test}${endings[format]}`;
}

/** The contents of a file, with its findings. */
export interface ExportedText {
  readonly text: string;
  readonly loadCases: readonly LoadCaseName[];
  readonly findings: readonly Finding[];
}

/** Writes an image of the case's resolution in the format. Findings: `nothing-to-export`; together with contents `export-hinges`. */
export type ExportWriter = (image: Image2D<'binary'>, origin: ExportOrigin, format: ExportFormat) => Result<ExportedText>;

/** A writer for images of one resolution; the solver is set up with the first that needs it. */
export function createExportWriter(resolution: number, test: ExportedTest): ExportWriter {
  const { kind, plane, phases } = test;
  let solver: ReturnType<typeof createFieldSolver> | undefined;
  return (image, origin, format) => {
    const fields = (): readonly LoadCaseFields[] => (solver ??= createFieldSolver(resolution, phases, { kind, plane })).solve(image).loadCases;
    if (format === 'vti') {
      const comment = `Virtual test ${kind} of ${origin.imageName}, case ${origin.caseName}, ${plane}.`;
      return success({ text: fieldsImage(image, test, fields(), comment), loadCases: loadCasesOf(test), findings: [] });
    }
    const part = solidPart(image, test, origin.imageName, fields);
    if (!part.ok) return part;
    const { loadCases, findings } = part.value;
    return success({ text: abaqusInput(image, test, origin, format, part.value), loadCases, findings });
  };
}
