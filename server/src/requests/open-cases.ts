/* What a request is about: a specification's run folder and its text, when they may be used. */
import type { CaseSpecification } from '#language/specification';
import type { CaseReference } from '#protocol/runs';
import type { Finding } from '#domain/finding';
import type { CaseText, CaseTexts, RunPlace } from '#server/cases/case-texts';
import { noRunFolder, unknownCase } from '#server/runs/refusals';

export interface OpenParts {
  readonly texts: CaseTexts;
  /** Why nothing runs and no results are read now; undefined when they are. */
  readonly hindrance: () => Finding | undefined;
}

export interface Refused {
  readonly ok: false;
  readonly findings: readonly Finding[];
}

/** A place that may be used and what its text says now. */
export interface Opened {
  readonly ok: true;
  readonly place: RunPlace;
  readonly text: CaseText;
}

/** A case whose text has no errors. */
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

export function openCases({ texts, hindrance }: OpenParts): OpenCases {
  const open: OpenCases['open'] = async (uri) => {
    const before = hindrance();
    if (before) return { ok: false, findings: [before] };
    const place = texts.placeOf(uri);
    if (!place) return { ok: false, findings: [noRunFolder] };
    const text = await texts.read(uri);
    // Trust may have gone while the text was read.
    const after = hindrance();
    return after ? { ok: false, findings: [after] } : { ok: true, place, text };
  };
  return {
    open,
    async openCase({ uri, case: name }) {
      const opened = await open(uri);
      if (!opened.ok) return opened;
      const { place, text } = opened;
      if (text.kind === 'broken') return { ok: false, findings: text.findings };
      const specification = text.cases.find((each) => each.case.name === name);
      return specification ? { ok: true, place, version: text.version, specification } : { ok: false, findings: [unknownCase(name, text.cases)] };
    },
  };
}
