/* What stands under the pointer, explained: a number, a name, a property, a word. */
import type { AstNode, CstNode, LangiumDocument } from 'langium';
import type { HoverProvider } from 'langium/lsp';
import type { Hover, HoverParams } from 'vscode-languageserver';
import type { Case, Database, Material, Quantity } from '#language/generated/ast';
import type { XDesignServerServices } from '../../server-services';
import { leafAt } from '../leaf-at';
import { caseHover } from './case-hover';
import { databaseHover, materialHover } from './declaration-hovers';
import { quantityHover } from './quantity-hover';
import { wordHover } from './word-hover';

export class XDesignHover implements HoverProvider {
  constructor(private readonly services: XDesignServerServices) {}

  getHoverContent(document: LangiumDocument, { position }: HoverParams): Hover | undefined {
    const leaf = leafAt(document, position);
    if (leaf === undefined || leaf.hidden) return undefined;
    const value = this.contentOf(leaf);
    return value === undefined ? undefined : { contents: { kind: 'markdown', value }, range: leaf.range };
  }

  private contentOf(leaf: CstNode): string | undefined {
    const node = leaf.astNode;
    if (node.$type === 'Quantity') return quantityHover(node as Quantity);
    const named = this.services.references.References.findDeclarations(leaf)[0];
    return (named === undefined ? undefined : this.declarationHover(named)) ?? wordHover(leaf);
  }

  private declarationHover(node: AstNode): string | undefined {
    switch (node.$type) {
      case 'Material':
        return materialHover(node as Material);
      case 'Database':
        return databaseHover(node as Database);
      case 'Case':
        return caseHover(node as Case, this.services.shared.xdesign.LastResults);
      default:
        return undefined;
    }
  }
}
