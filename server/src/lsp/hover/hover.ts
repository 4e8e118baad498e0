/* Explains the token under the pointer: a number, a name, a property, a keyword. */
import type { AstNode, CstNode, LangiumDocument } from 'langium';
import type { HoverProvider } from 'langium/lsp';
import type { Hover, HoverParams } from 'vscode-languageserver';
import { describeRule, withArticle } from '#language/entries/entry-text';
import type { Case, Database, Material, PathsEntry, Quantity, Study } from '#language/generated/ast';
import { quantityRule } from '#language/entries/read-block';
import { readNumber } from '#language/entries/read-number';
import { formatNumber } from '#units/format-quantity';
import { valueIn, type Quantity as SiQuantity } from '#units/quantity';
import { unitsOf } from '#units/units';
import type { XDesignServerServices } from '../../server-services';
import { leafAt } from '../navigation';
import { caseHover, databaseHover, materialHover } from './declaration-hovers';
import { imageFilesHover } from './image-files-hover';
import { keywordHover } from './keyword-hover';
import { studyHover } from './study-hover';

export class XDesignHover implements HoverProvider {
  constructor(private readonly services: XDesignServerServices) {}

  async getHoverContent(document: LangiumDocument, { position }: HoverParams): Promise<Hover | undefined> {
    const leaf = leafAt(document, position);
    if (leaf === undefined || leaf.hidden) return undefined;
    const [content, files] = [this.contentOf(leaf), await this.filesOf(leaf, document)];
    const value = files === undefined ? content : [...(content === undefined ? [] : [content, '']), files].join('\n');
    return value === undefined ? undefined : { contents: { kind: 'markdown', value }, range: leaf.range };
  }

  /** On `images` and its paths: the first images. */
  private async filesOf({ astNode }: CstNode, document: LangiumDocument): Promise<string | undefined> {
    if (astNode.$type !== 'PathsEntry') return undefined;
    return imageFilesHover((astNode as PathsEntry).$container as Database, document.uri, this.services);
  }

  private contentOf(leaf: CstNode): string | undefined {
    const node = leaf.astNode;
    if (node.$type === 'Quantity') return quantityHover(node as Quantity);
    const named = this.services.references.References.findDeclarations(leaf)[0];
    return (named === undefined ? undefined : this.declarationHover(named)) ?? keywordHover(leaf);
  }

  private declarationHover(node: AstNode): string | undefined {
    switch (node.$type) {
      case 'Material':
        return materialHover(node as Material);
      case 'Database':
        return databaseHover(node as Database);
      case 'Case':
        return caseHover(node as Case, this.services.shared.xdesign.LastResults);
      case 'Study':
        return studyHover(node as Study);
      default:
        return undefined;
    }
  }
}

/** A quantity in all units of its dimension, and the values that are allowed. */
export function quantityHover(node: Quantity): string | undefined {
  const rule = quantityRule(node);
  if (rule === undefined) return undefined;
  const inRange = node.$container.$type === 'Range' ? (node.$container.upper?.unit ?? node.unit) : node.unit;
  const reading = readNumber(node, { dimension: rule.dimension }, 'the number', node.unit ?? (rule.dimension === 'share' ? undefined : inRange));
  const must = `It is ${withArticle(describeRule(rule))}.`;
  if (!reading.ok) return must;
  const value = reading.value as SiQuantity<typeof rule.dimension>;
  const shown = unitsOf(rule.dimension).filter((unit) => unit.readOnly !== true).map((unit) => `${formatNumber(valueIn(value, unit), 6)}${unit.symbol === '%' ? '' : ' '}${unit.symbol}`);
  if (rule.dimension === 'share') shown.push(formatNumber(value, 6));
  return shown.length === 0 ? must : `${shown.join(' = ')}\n\n${must}`;
}
