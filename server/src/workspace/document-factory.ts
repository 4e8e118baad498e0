import { DefaultLangiumDocumentFactory, type AstNode, type Cancellation, type LangiumDocument, type ParseResult } from 'langium';
import type { SpecificationFile } from '#language/generated/ast';
import { reparse } from '#language/reparse';

/** Parses anew only the declaration that was typed in, where that can be told. */
export class XDesignDocumentFactory extends DefaultLangiumDocumentFactory {
  override async update<T extends AstNode>(document: LangiumDocument<T>, token: Cancellation.CancellationToken): Promise<LangiumDocument<T>> {
    const text = this.textDocuments?.get(document.uri)?.getText();
    if (text !== undefined && text !== document.parseResult.value.$cstNode?.root.fullText) {
      const parser = this.serviceRegistry.getServices(document.uri).parser.LangiumParser;
      const again = reparse(document.parseResult as unknown as ParseResult<SpecificationFile>, text, parser);
      if (again !== undefined) {
        Object.assign(again.value, { $document: document });
        document.parseResult = again as unknown as ParseResult<T>;
      }
    }
    // Langium parses where the text is still another.
    return super.update(document, token);
  }
}
