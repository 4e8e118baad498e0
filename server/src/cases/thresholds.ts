/* The thresholds of a case as its file has them, and the edits that change one: planned, then applied by the client. */
import { AstUtils, GrammarUtils, URI, type AstNode, type CstNode, type LangiumDocument } from 'langium';
import type { Connection, TextEdit } from 'vscode-languageserver';
import type { Finding } from '#domain/finding';
import { isCase, isExplain, isListEntry, type Case, type Explain, type ListEntry, type Quantity } from '#language/generated/ast';
import { readBlock } from '#language/entries/read-block';
import type { SetThresholdParams } from '#protocol/views';
import type { XDesignSharedServices } from '../server-services';

/** Shares closer than this are the same threshold: panels round what they show. */
const same = 1e-6;

/** Ascending; the defaults if the file names none; undefined without such a case, or while they cannot be read. */
export function thresholdsOf(document: LangiumDocument | undefined, caseName: string): readonly number[] | undefined {
  const found = document && caseOf(document, caseName);
  return found && sharesOf(explainOf(found))?.toSorted((a, b) => a - b);
}

/** Edits of the file, or why there are none, as the end of a sentence. */
export type ThresholdEdits = { readonly ok: true; readonly edits: readonly TextEdit[] } | { readonly ok: false; readonly why: string };

/** Replaces `from` by `to`, in whole percents, in the notation of the file, and keeps the list sorted. */
export function editThreshold(document: LangiumDocument | undefined, caseName: string, from: number, to: number): ThresholdEdits {
  const found = document && caseOf(document, caseName);
  if (found === undefined) return refused(`the file has no case "${caseName}"`);
  const explain = explainOf(found);
  const shares = sharesOf(explain);
  const index = shares?.findIndex((each) => Math.abs(each - from) < same) ?? -1;
  if (shares === undefined || index < 0) return refused(`case "${caseName}" has no threshold ${percentText(from)} now`);
  const rounded = Math.round(100 * to) / 100;
  if (Math.abs(shares[index]! - rounded) < same) return { ok: true, edits: [] };
  if (shares.some((each) => Math.abs(each - rounded) < same)) return refused(`case "${caseName}" has the threshold ${percentText(rounded)} already`);
  const list = explain?.entries.filter(isListEntry).find(({ key }) => key === 'threshold');
  return list === undefined ? insertList(found, explain, shares.with(index, rounded)) : changeList(list, shares, index, rounded);
}

/** Only the numbers are replaced, so that comments and line breaks between them stay. */
function changeList({ values }: ListEntry, shares: readonly number[], index: number, to: number): ThresholdEdits {
  const nodes = values.map(({ $cstNode }) => $cstNode!);
  const moved = { share: to, text: notation(values, index, to) };
  const sorted = nodes.map(({ text }, i) => (i === index ? moved : { share: shares[i]!, text })).toSorted((a, b) => a.share - b.share);
  return { ok: true, edits: nodes.flatMap(({ range, text }, i) => (sorted[i]!.text === text ? [] : [{ range, newText: sorted[i]!.text }])) };
}

/** A percentage or a decimal number, with the space before the unit and at least the decimals that all numbers of this unit have. */
function notation(values: readonly Quantity[], index: number, share: number): string {
  const { unit, $cstNode } = values[index]!;
  const decimals = values.filter((each) => each.unit === unit).map((each) => decimalsOf(each.$cstNode!.text));
  const value = unit === undefined ? share : Math.round(100 * share);
  const number = value.toFixed(Math.max(Math.min(...decimals), decimalsOf(String(value))));
  // The unit of a percentage stays, with the space before it.
  return unit === undefined ? number : number + $cstNode!.text.slice(GrammarUtils.findNodeForProperty($cstNode, 'value')!.length);
}

function decimalsOf(number: string): number {
  return /\.(\d+)/.exec(number)?.[1]!.length ?? 0;
}

/** The thresholds are the defaults: all are written. */
function insertList(found: Case, explain: Explain | undefined, shares: readonly number[]): ThresholdEdits {
  const entry = `threshold ${shares.toSorted((a, b) => a - b).join(', ')}`;
  if (explain === undefined) return insert(brace(found, '}'), 'start', `    explain gradram { ${entry} }\n`);
  const opening = brace(explain, '{');
  if (opening === undefined) return insert(explain.$cstNode, 'end', ` { ${entry} }`);
  const first = explain.entries[0]?.$cstNode?.range.start;
  const onLineOfItsOwn = first !== undefined && first.line > opening.range.end.line;
  return insert(opening, 'end', onLineOfItsOwn ? `\n${' '.repeat(first.character)}${entry}` : ` ${entry} `);
}

function insert(node: CstNode | undefined, side: 'start' | 'end', newText: string): ThresholdEdits {
  if (node === undefined) return refused('the text around it has errors');
  const position = node.range[side];
  return { ok: true, edits: [{ range: { start: position, end: position }, newText }] };
}

function refused(why: string): ThresholdEdits {
  return { ok: false, why };
}

function caseOf({ parseResult }: LangiumDocument, name: string): Case | undefined {
  return AstUtils.streamContents(parseResult.value).filter(isCase).find((each) => each.name === name);
}

function explainOf({ entries }: Case): Explain | undefined {
  return entries.find(isExplain);
}

/** In the order of the file. */
function sharesOf(explain: Explain | undefined): readonly number[] | undefined {
  return readBlock('explain', explain).numbers('threshold');
}

function brace(node: AstNode, keyword: '{' | '}'): CstNode | undefined {
  return GrammarUtils.findNodeForKeyword(node.$cstNode, keyword);
}

function percentText(share: number): string {
  return `${Number((100 * share).toFixed(4))} %`;
}

/** The document may change while an edit is being applied; the edit is then planned again. */
const attempts = 3;

/** Milliseconds to wait for the changed document after the client has applied an edit. */
const changeTimeoutMs = 2000;

/** Resolves with the reason why the file is unchanged, or with an empty list. */
export type SetThreshold = (params: SetThresholdParams) => Promise<readonly Finding[]>;

/** Writes thresholds into documents one after another: each edit needs the result of the one before. */
export function createThresholdSetter(connection: Connection, { workspace }: XDesignSharedServices): SetThreshold {
  const { LangiumDocuments, TextDocuments, WorkspaceLock } = workspace;

  const set = async ({ uri, case: caseName, from, to }: SetThresholdParams): Promise<readonly Finding[]> => {
    for (let attempt = 1; ; attempt++) {
      // The lock waits for all changes that the client has sent so far.
      const { text, version, planned } = await WorkspaceLock.read(() => {
        const document = LangiumDocuments.getDocument(URI.parse(uri));
        return { text: document?.textDocument.getText(), version: TextDocuments.get(uri)?.version ?? null, planned: editThreshold(document, caseName, from, to) };
      });
      if (!planned.ok) return [notWritten(planned.why)];
      if (planned.edits.length === 0) return [];
      const { applied, failureReason } = await connection.workspace.applyEdit({
        label: 'Threshold',
        edit: { documentChanges: [{ textDocument: { uri, version }, edits: [...planned.edits] }] },
      });
      if (applied) {
        await untilOther(TextDocuments, uri, text);
        return [];
      }
      if (attempt === attempts) return [notWritten(`the editor did not apply the change${failureReason === undefined ? '' : ` (${failureReason})`}`)];
    }
  };

  let last: Promise<unknown> = Promise.resolve();
  return (params) => {
    const done = last.then(() => set(params));
    last = done.catch(() => undefined);
    return done;
  };
}

/** Waits for the changed document: editors respond that an edit is applied before they send the change. */
function untilOther(documents: XDesignSharedServices['workspace']['TextDocuments'], uri: string, before: string | undefined): Promise<void> {
  const isOther = (): boolean => {
    const now = documents.get(uri)?.getText();
    return now !== undefined && now !== before;
  };
  if (isOther()) return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  const subscription = documents.onDidChangeContent(() => isOther() && resolve());
  const timeout = setTimeout(resolve, changeTimeoutMs);
  return promise.finally(() => {
    clearTimeout(timeout);
    subscription.dispose();
  });
}

function notWritten(why: string): Finding {
  return {
    code: 'threshold-not-written',
    severity: 'error',
    message: `The threshold was not written into the file: ${why}.`,
    remedy: 'Move the slider again, or type the threshold into the file.',
  };
}

/** The settings of a variant are those of its study and its case. */
export function thresholdOfVariant(variant: string, study: string): Finding {
  return {
    code: 'threshold-not-written',
    severity: 'error',
    message: `The threshold was not written into the file: "${variant}" is a variant of study ${study}, whose settings are those of the study.`,
    remedy: 'Change the study or its case in the file, or move the threshold in the heat map of a case.',
  };
}
