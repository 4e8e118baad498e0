import type { LangiumDocument } from 'langium';
import type { Formatter } from 'langium/lsp';
import type { DocumentFormattingParams, DocumentOnTypeFormattingOptions, DocumentOnTypeFormattingParams, DocumentRangeFormattingParams, FormattingOptions, Range, TextEdit } from 'vscode-languageserver';
import { formatFile } from '#language/format/layout';
import type { SpecificationFile } from '#language/generated/ast';

/** The layout of language/src/format. A file with syntax errors is left unchanged, except for the indentation of a new line. */
export class XDesignFormatter implements Formatter {
  /** After `}` its line is indented like the line that opens the block; a new line is indented too. */
  readonly formatOnTypeOptions: DocumentOnTypeFormattingOptions = { firstTriggerCharacter: '}', moreTriggerCharacter: ['\n'] };

  formatDocument(document: LangiumDocument, { options }: DocumentFormattingParams): TextEdit[] {
    return editsOf(document, options);
  }

  formatDocumentRange(document: LangiumDocument, { options, range }: DocumentRangeFormattingParams): TextEdit[] {
    const { textDocument } = document;
    const [start, end] = [textDocument.offsetAt(range.start), textDocument.offsetAt(range.end)];
    return editsOf(document, options).filter((edit) => textDocument.offsetAt(edit.range.start) >= start && textDocument.offsetAt(edit.range.end) <= end);
  }

  formatDocumentOnType(document: LangiumDocument, { options, position }: DocumentOnTypeFormattingParams): TextEdit[] {
    const { textDocument } = document;
    const line = textDocument.getText(lineOf(position.line));
    const before = textDocument.getText().slice(0, textDocument.offsetAt({ line: position.line, character: 0 }));
    const closes = /^\s*\}/.test(line);
    // A `}` at the end of a line with other text closes a block that is written on one line.
    if (!closes && line.trim() !== '' && /\}\s*$/.test(line.slice(0, position.character))) return [];
    const depth = Math.max(0, depthAfter(before) - (closes ? 1 : 0));
    const [, blanks = ''] = /^([ \t]*)/.exec(line) ?? [];
    const wanted = indentOf(options).repeat(depth);
    if (blanks === wanted) return [];
    return [{ range: { start: { line: position.line, character: 0 }, end: { line: position.line, character: blanks.length } }, newText: wanted }];
  }
}

function editsOf(document: LangiumDocument, options: FormattingOptions): TextEdit[] {
  const { value, lexerErrors, parserErrors } = document.parseResult;
  if (lexerErrors.length > 0 || parserErrors.length > 0) return [];
  return formatFile(value as SpecificationFile, { indent: indentOf(options) }).map(({ start, end, text }) => ({
    range: { start: document.textDocument.positionAt(start), end: document.textDocument.positionAt(end) },
    newText: text,
  }));
}

function indentOf({ insertSpaces, tabSize }: FormattingOptions): string {
  return insertSpaces ? ' '.repeat(tabSize) : '\t';
}

/** Number of blocks that are open at the end of a text; braces in comments and quoted paths do not count. */
function depthAfter(text: string): number {
  let depth = 0;
  for (const [token] of text.matchAll(/\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n\r]*|"(?:\\.|[^"\\\n\r])*"?|'(?:\\.|[^'\\\n\r])*'?|[{}]/g)) {
    if (token === '{') depth++;
    else if (token === '}') depth = Math.max(0, depth - 1);
  }
  return depth;
}

function lineOf(line: number): Range {
  return { start: { line, character: 0 }, end: { line, character: Number.MAX_SAFE_INTEGER } };
}
