/* Access to the run folder and the cases of a specification, for requests; refused while it is not allowed. */
import type { CaseSpecification } from '#language/specification/specification';
import type { CaseReference } from '#protocol/runs';
import type { Finding } from '#domain/finding';
import { allCasesOf, type FileContents, type CaseFiles, type RunPlace } from '#server/cases/case-files';
import { noRunFolder, unknownCase } from '#server/runs/refusals';

export interface OpenParts {
  readonly files: CaseFiles;
  /** Why runs and results are unavailable; undefined when they are available. */
  readonly blocker: () => Finding | undefined;
}

export interface Refused {
  readonly ok: false;
  readonly findings: readonly Finding[];
}

/** A run folder that may be used, and the current contents of the file. */
export interface Opened {
  readonly ok: true;
  readonly place: RunPlace;
  readonly contents: FileContents;
}

/** A case or a variant whose file has no errors. */
export interface OpenedCase {
  readonly ok: true;
  readonly place: RunPlace;
  readonly version: number;
  readonly specification: CaseSpecification;
}

export interface OpenCases {
  open(uri: string): Promise<Opened | Refused>;
  openCase(reference: CaseReference): Promise<OpenedCase | Refused>;
}

export function openCases({ files, blocker }: OpenParts): OpenCases {
  const open: OpenCases['open'] = async (uri) => {
    const before = blocker();
    if (before) return { ok: false, findings: [before] };
    const place = files.placeOf(uri);
    if (!place) return { ok: false, findings: [noRunFolder] };
    const contents = await files.read(uri);
    // Trust may have been revoked while the file was read.
    const after = blocker();
    return after ? { ok: false, findings: [after] } : { ok: true, place, contents };
  };
  return {
    open,
    async openCase({ uri, case: name }) {
      const opened = await open(uri);
      if (!opened.ok) return opened;
      const { place, contents } = opened;
      if (contents.kind === 'broken') return { ok: false, findings: contents.findings };
      const specification = allCasesOf(contents).find((each) => each.case.name === name);
      return specification ? { ok: true, place, version: contents.version, specification } : { ok: false, findings: [unknownCase(name, contents.cases)] };
    },
  };
}
