/* Hints: the defaults in effect, the expected time and disk space of a run, and the best value of the last run. */
import { roughDurationText } from '#display/durations';
import type { ArmSpec } from '#domain/arms';
import { GrammarUtils, type AstNode, type LangiumDocument } from 'langium';
import type { InlayHintProvider } from 'langium/lsp';
import { InlayHintKind, type InlayHint, type InlayHintParams, type Position } from 'vscode-languageserver';
import { databaseSize } from '#domain/image-files';
import { formatNumber, formatQuantity } from '#units/format-quantity';
import type { Dimension, Quantity as SiQuantity } from '#units/quantity';
import { defaultTest } from '#language/entries/defaults';
import { defaultText } from '#language/entries/entry-text';
import { entries as descriptions, propertyRules } from '#language/entries/entries';
import type { Case, SpecificationFile } from '#language/generated/ast';
import type { SpecificationDocument } from '#language/imports/imported-documents';
import { blockName, hasEntry, isKeyedEntry, type Block } from '#language/entries/read-block';
import { explainsExactly, familiesOf, firstEntry, networkOf, objectiveProperty } from '#language/specification/read-case';
import { optimizingBlocks, sharedEntries, sharedKeys } from '#language/specification/read-optimization';
import { estimateRun } from '#runner/estimate/estimate-run';
import { resolveCase } from '#runner/weights/pretrained-file';
import type { XDesignServerServices } from '../server-services';
import { specificationOf } from './case-specification';

export class XDesignInlayHints implements InlayHintProvider {
  constructor(private readonly services: XDesignServerServices) {}

  getInlayHints(document: LangiumDocument, { range }: InlayHintParams): InlayHint[] {
    const { declarations = [] } = document.parseResult.value as SpecificationFile;
    return declarations.flatMap((node) => {
      const place = node.$cstNode?.range;
      if (place === undefined || place.end.line < range.start.line || place.start.line > range.end.line) return [];
      switch (node.$type) {
        case 'Database':
          return [...defaultsOf(node), ...familiesOf(node).flatMap((family) => defaultsOf(family))];
        case 'Case':
          return this.ofCase(document as SpecificationDocument, node);
        default:
          return [];
      }
    });
  }

  private ofCase(document: SpecificationDocument, node: Case): InlayHint[] {
    const blocks = [firstEntry(node, 'Learn'), firstEntry(node, 'Explain'), firstEntry(node, 'Construct')].filter((block) => block !== undefined);
    const shared = new Set<string>(sharedKeys.filter((key) => sharedEntries(node, key).length > 0));
    const hints = [...caseDefaultsOf(node), ...blocks.flatMap((block) => defaultsOf(block)), ...optimizingBlocks(node).flatMap((block) => defaultsOf(block, shared))];
    const specification = specificationOf(document, node);
    if (specification === undefined) return hints;
    const { Machine, LastResults } = this.services.shared.xdesign;
    const { seconds, diskBytes, optimizations } = estimateRun(resolveCase(specification.case), Machine.workers);
    const name = endOf(node, 'name');
    const last = LastResults.of(document.uri, specification);
    // A complete case needs no time for another run.
    const isKnown = databaseSize(specification.case.database) > 0;
    if (name !== undefined && isKnown && last?.complete !== true) hints.push(hint(name, `about ${roughDurationText(seconds, 1)}, ${size(diskBytes)}`, 'Approximate time and disk space of a first run on this machine.'));
    if (last?.complete !== true) hints.push(...optimizingBlocks(node).flatMap((block) => timeOf(block, specification.case.arms, optimizations)));
    const best = last?.best;
    const objective = endOf(firstEntry(node, 'Objective'));
    if (best !== undefined && objective !== undefined) {
      const { dimension } = propertyRules[specification.case.objective.property];
      const share = best.percentOfLimit === undefined ? '' : `, ${formatNumber(best.percentOfLimit, 3)}% of the limit`;
      hints.push(hint(objective, `${formatQuantity(best.value as SiQuantity<Dimension>, dimension)}${share}${best.stale ? ' (stale)' : ''}`, `The best design of the last run, in its worse direction.${best.stale ? ' The file has changed since that run.' : ''}`));
    }
    return hints;
  }
}

/** One hint at the end of a block, with all entries that it leaves out, but for those that another block has for it. */
function defaultsOf(block: Block, elsewhere: ReadonlySet<string> = new Set()): InlayHint[] {
  const name = blockName(block);
  const written = new Set([...elsewhere, ...(block.entries as readonly AstNode[]).filter(isKeyedEntry).map(({ key }): string => key)]);
  const left = Object.keys(descriptions[name] ?? {}).flatMap((key) => {
    const value = written.has(key) || !hasEntry(block, key) ? undefined : defaultText(name, key, block.$type === 'Learn' ? block.network : undefined);
    return value === undefined ? [] : [`${key} ${value}`];
  });
  const place = insideEnd(block);
  if (left.length === 0 || place === undefined) return [];
  const shown = left.length <= 3 ? left.join('  ') : `${left.slice(0, 3).join('  ')} …`;
  return [hint(place, shown, `Defaults in effect: ${left.join(', ')}.`)];
}

/** The defaults of a case: its plane, test and blocks. */
function caseDefaultsOf(node: Case): InlayHint[] {
  const property = objectiveProperty(node);
  const left = [
    ...(firstEntry(node, 'Plane') === undefined ? ['plane stress'] : []),
    ...(firstEntry(node, 'Test') === undefined && property !== undefined ? [`test ${defaultTest[property]}`] : []),
    ...(firstEntry(node, 'Learn') === undefined && !explainsExactly(node) ? [`learn ${networkOf(node)}`] : []),
    ...(firstEntry(node, 'Explain') === undefined ? ['explain gradram'] : []),
    ...(firstEntry(node, 'Construct') === undefined ? ['construct mirror'] : []),
  ];
  const place = insideEnd(node);
  return left.length === 0 || place === undefined ? [] : [hint(place, left.join('  '), `Defaults in effect: ${left.join(', ')}.`)];
}

/** At the end of a block, how long the optimizations of its arms take. */
function timeOf(block: Block, arms: readonly ArmSpec[], seconds: Readonly<Record<string, number>>): InlayHint[] {
  const place = endOf(block);
  const own = arms.filter(({ construct, proposals }) => construct === 'optimize' && proposals === (block.$type === 'Refine' ? 'designs' : 'starts'));
  const sum = own.reduce((total, { name }) => total + (seconds[name] ?? 0), 0);
  return place === undefined ? [] : [hint(place, `about ${roughDurationText(sum, 1)}`, 'Approximate time of these optimizations on this machine.')];
}

/** After the last entry of a block, or after its head where it has no braces. */
function insideEnd(node: Block | Case): Position | undefined {
  return (node.entries.at(-1)?.$cstNode ?? GrammarUtils.findNodeForKeyword(node.$cstNode, '{') ?? node.$cstNode)?.range.end;
}

function endOf(node: AstNode | undefined, property?: string): Position | undefined {
  return (property === undefined ? node?.$cstNode : GrammarUtils.findNodeForProperty(node?.$cstNode, property))?.range.end;
}

function hint(position: Position, label: string, tooltip: string): InlayHint {
  return { position, label, tooltip, paddingLeft: true, kind: InlayHintKind.Parameter };
}

function size(bytes: number): string {
  return bytes < 1e9 ? `${formatNumber(Math.ceil(bytes / 1e6), 2)} MB` : `${formatNumber(bytes / 1e9, 2)} GB`;
}
