/* The cases of a file as it is in the editor now, and the run folder of the file. */
import { dirname, join } from 'node:path';
import { DocumentState, URI, type LangiumDocument } from 'langium';
import { DiagnosticSeverity } from 'vscode-languageserver';
import type { Finding } from '#domain/finding';
import { importsOf, type SpecificationDocument } from '#language/imports/imported-documents';
import { studyOf } from '#domain/study';
import type { CaseSpecification, StudySpecification } from '#language/specification/specification';
import { toSpecification } from '#language/specification/document-specification';
import { findingOf } from '#server/lsp/diagnostics';
import { thresholdsOf } from './thresholds';
import type { ServerServices } from '../server-services';

/** A specification and its run folder. */
export interface RunPlace {
  readonly uri: string;
  /** Path of the specification. */
  readonly file: string;
  /** Path of its run folder. */
  readonly folder: string;
}

/** The cases of a file; or `broken` with the errors that an editor shows in it, also when the file is `missing`. */
export type FileContents =
  | { readonly kind: 'cases'; readonly version: number; readonly cases: readonly CaseSpecification[]; readonly studies: readonly StudySpecification[] }
  | { readonly kind: 'broken'; readonly version: number; readonly names: readonly string[]; readonly studies: readonly NamedStudy[]; readonly findings: readonly Finding[]; readonly missing?: true };

/** A study of a file with errors, whose variants are unknown. */
export type NamedStudy = Pick<StudySpecification, 'name' | 'case'>;

/** The cases of a file without errors, and the variants of its studies. */
export function allCasesOf(contents: FileContents): readonly CaseSpecification[] {
  return contents.kind === 'cases' ? [...contents.cases, ...contents.studies.flatMap(({ variants }) => variants)] : [];
}

/** Whether a file has a case or a variant of this name; while it has errors, each variant of its studies may exist. */
export function hasCase(contents: FileContents, name: string): boolean {
  if (contents.kind === 'cases') return allCasesOf(contents).some((each) => each.case.name === name);
  return contents.names.includes(name) || contents.studies.some((each) => each.name === studyOf(name));
}

export interface CaseFiles {
  /** Waits until the file is checked. */
  read(uri: string): Promise<FileContents>;
  /** The thresholds of a case, also while the file has errors elsewhere; to be called after `read`. */
  thresholds(uri: string, caseName: string): readonly number[] | undefined;
  /** The run folder next to a file; undefined for a document that is not on disk. */
  placeOf(uri: string): RunPlace | undefined;
  /** URIs of all specifications of the workspace, and of those that are open. Waits until the workspace has been read. */
  known(): Promise<readonly string[]>;
}

export function createCaseFiles({ shared, xdesign }: ServerServices): CaseFiles {
  const { DocumentBuilder, LangiumDocuments, WorkspaceLock, WorkspaceManager } = shared.workspace;

  /** The document, and all that it imports. */
  const closureOf = (document: SpecificationDocument): SpecificationDocument[] => {
    const all = new Set([document]);
    for (const each of all) {
      for (const node of importsOf(each)) {
        const imported = xdesign.references.ImportedDocuments.of(node);
        if (imported) all.add(imported);
      }
    }
    return [...all];
  };

  /** The document with its findings; undefined for a file that is missing or cannot be read. */
  const documentOf = async (uri: string): Promise<SpecificationDocument | undefined> => {
    await WorkspaceManager.ready;
    const parsed = URI.parse(uri);
    for (;;) {
      // The lock waits until every change that has arrived is processed.
      await WorkspaceLock.read(() => undefined);
      const known = LangiumDocuments.getDocument(parsed);
      if (known && known.state >= DocumentState.Validated) return known as SpecificationDocument;
      // Files of the workspace that are not open in the editor are checked on first use.
      try {
        await WorkspaceLock.write(async (token) => {
          const document = await LangiumDocuments.getOrCreateDocument(parsed, token);
          await DocumentBuilder.build([document], { validation: true }, token);
        });
      } catch (error) {
        if (LangiumDocuments.hasDocument(parsed)) throw error;
        return undefined;
      }
    }
  };

  return {
    async read(uri) {
      const document = await documentOf(uri);
      if (!document) return { kind: 'broken', version: 0, names: [], studies: [], findings: [notThere(uri)], missing: true };
      const { version } = document.textDocument;
      const errors = closureOf(document).flatMap(({ diagnostics = [] }) => diagnostics.filter(({ severity }) => severity === DiagnosticSeverity.Error));
      const names = document.parseResult.value.declarations.flatMap((node) => (node.$type === 'Case' && node.name ? [node.name] : []));
      if (errors.length > 0) {
        const studies = document.parseResult.value.declarations.flatMap((node) => (node.$type === 'Study' && node.name ? [{ name: node.name, case: node.case?.$refText ?? '' }] : []));
        return { kind: 'broken', version, names, studies, findings: errors.map(findingOf) };
      }
      const { cases, studies } = toSpecification(document, fileOf);
      return { kind: 'cases', version, cases, studies };
    },
    thresholds: (uri, caseName) => thresholdsOf(LangiumDocuments.getDocument(URI.parse(uri)), caseName),
    placeOf(uri) {
      const { scheme, fsPath } = URI.parse(uri);
      return scheme === 'file' ? { uri, file: fsPath, folder: join(dirname(fsPath), '.xdesign') } : undefined;
    },
    async known() {
      // A client may send the request at once, and an empty list would look like a workspace without specifications.
      await WorkspaceManager.ready;
      return LangiumDocuments.all.map(({ uri }) => uri).filter(({ scheme }) => scheme === 'file').map((uri) => uri.toString()).toArray();
    },
  };
}

function notThere(uri: string): Finding {
  return { code: 'file-not-found', severity: 'error', message: `There is no file "${uri}" to read.`, remedy: 'Check its path and whether it may be read.' };
}

const fileOf = ({ uri }: LangiumDocument): string => uri.fsPath;

/** The settings of a case as a string, without its names and its position: equal strings mean equal results. */
export function meaningOf(specification: CaseSpecification): string {
  return JSON.stringify(specification.case, (key, value: unknown) => (key === 'name' || key === 'place' ? undefined : value));
}
