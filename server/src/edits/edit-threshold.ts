import { AstUtils, GrammarUtils, URI, type AstNode, type CstNode } from 'langium';
import type { Range } from 'vscode-languageserver';
import { explainDefaults } from '#language/defaults';
import { isCase, isExplain, isListEntry, type Case, type Quantity } from '#language/generated/ast';
import type { EditThresholdAnswer, EditThresholdParams } from '#protocol/edit-threshold';
import type { XDesignSharedServices } from '../server-services';

/** Shares closer than this are the same threshold: panels round what they show. */
const same = 1e-6;

/** The edit that gives a case another threshold in the place of one, wherever its text lets it be written. */
export async function editThreshold({ workspace }: XDesignSharedServices, { uri, case: name, from, to }: EditThresholdParams): Promise<EditThresholdAnswer> {
  // Changes of the text that the client has sent before are read first.
  return workspace.WorkspaceLock.read(() => {
    const root = workspace.LangiumDocuments.getDocument(URI.parse(uri))?.parseResult.value;
    const found = root && AstUtils.streamContents(root).filter(isCase).find((each) => each.name === name);
    return found === undefined ? absent : editOfCase(found, from, to);
  });
}

const absent: EditThresholdAnswer = { kind: 'absent' };

function editOfCase(node: Case, from: number, to: number): EditThresholdAnswer {
  const explain = node.entries.find(isExplain);
  const list = explain?.entries.find(isListEntry);
  if (list !== undefined) {
    const written = list.values.find((each) => Math.abs(shareOf(each) - from) < same);
    return written === undefined ? absent : replace(written, numberText(to, written.unit === '%'));
  }
  // The thresholds are the defaults: all are written, with the one that moves.
  const thresholds = explainDefaults.threshold;
  if (!thresholds.some((each) => Math.abs(each - from) < same)) return absent;
  const entry = `threshold ${thresholds.map((each) => numberText(Math.abs(each - from) < same ? to : each, false)).join(', ')}`;
  if (explain === undefined) return insert(brace(node, '}'), 'start', `    explain gradram { ${entry} }\n`);
  const opening = brace(explain, '{');
  return opening === undefined ? insert(explain.$cstNode, 'end', ` { ${entry} }`) : insert(opening, 'end', ` ${entry} `);
}

function shareOf({ value, unit }: Quantity): number {
  return unit === '%' ? value / 100 : value;
}

/** In whole percents, as the text writes it. */
function numberText(share: number, percent: boolean): string {
  const whole = Math.round(100 * share);
  return percent ? `${whole}%` : `${whole / 100}`;
}

function brace(node: AstNode, keyword: '{' | '}'): CstNode | undefined {
  return GrammarUtils.findNodeForKeyword(node.$cstNode, keyword);
}

function replace({ $cstNode }: AstNode, newText: string): EditThresholdAnswer {
  return $cstNode === undefined ? absent : { kind: 'edit', range: $cstNode.range, newText };
}

function insert(node: CstNode | undefined, side: 'start' | 'end', newText: string): EditThresholdAnswer {
  if (node === undefined) return absent;
  const place = node.range[side];
  const range: Range = { start: place, end: place };
  return { kind: 'edit', range, newText };
}
