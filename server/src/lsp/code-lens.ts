import { GrammarUtils, type LangiumDocument } from 'langium';
import type { CodeLensProvider } from 'langium/lsp';
import type { CodeLens, Command } from 'vscode-languageserver';
import { commands, type CommandName } from '#protocol/commands';
import { formatCount, formatNumber } from '#units/format-quantity';
import type { Declaration, SpecificationFile } from '#language/generated/ast';
import type { SpecificationDocument } from '#language/imports/imported-documents';
import type { LastResult } from '../last-results';
import type { XDesignServerServices } from '../server-services';
import { specificationOf } from './case-specification';

/** Commands for a declaration, in the line above it. */
export class XDesignCodeLenses implements CodeLensProvider {
  constructor(private readonly services: XDesignServerServices) {}

  provideCodeLens(document: LangiumDocument): CodeLens[] {
    return ((document.parseResult.value as SpecificationFile).declarations ?? []).flatMap((node) => {
      const range = GrammarUtils.findNodeForProperty(node.$cstNode, 'name')?.range;
      if (range === undefined || !node.name) return [];
      return this.commandsOf(node, document as SpecificationDocument).map((command) => ({ range, command }));
    });
  }

  private commandsOf(node: Declaration, document: SpecificationDocument): readonly Command[] {
    const uri = document.uri.toString();
    const command = (title: string, name: CommandName): Command => ({ title, command: name, arguments: [uri, node.name] });
    switch (node.$type) {
      case 'Database':
        return [command('Generate', commands.generate), command('Browse', commands.browse)];
      case 'Material':
        return [this.uses(node, uri)];
      case 'Case': {
        const specification = specificationOf(document, node);
        const last = specification === undefined ? undefined : this.services.shared.xdesign.LastResults.of(document.uri, specification);
        return [
          ...(last === undefined ? [] : [command(stateOf(last), commands.showRun)]),
          command('Run', commands.run),
          command('Run until…', commands.runUntil),
          command('Preview', commands.preview),
          command('Compare', commands.compare),
          ...(last?.hasReport === true ? [command('Open report', commands.openReport)] : []),
        ];
      }
      case 'Study':
        return [];
    }
  }

  private uses(node: Declaration, uri: string): Command {
    const found = this.services.references.References.findReferences(node, { includeDeclaration: false }).toArray();
    const locations = found.map(({ sourceUri, segment }) => ({ uri: sourceUri.toString(), range: segment.range }));
    const position = GrammarUtils.findNodeForProperty(node.$cstNode, 'name')!.range.start;
    const title = locations.length === 0 ? 'not used' : `used ${locations.length === 1 ? 'once' : `${locations.length} times`}`;
    return { title, command: commands.showReferences, arguments: [uri, position, locations] };
  }
}

/** `running: learn, 40%`, `finished: 196 of 239 designs feasible`. */
function stateOf({ state, progress, designs, stale }: LastResult): string {
  const share = progress?.share === undefined ? '' : `, ${formatNumber(100 * progress.share, 2)}%`;
  const more =
    state === 'running' && progress !== undefined ? `: ${progress.stage}${share}`
    : state === 'finished' && designs !== undefined ? `: ${designs.feasible} of ${formatCount(designs.all, 'design')} feasible`
    : '';
  return `${state}${more}${stale === true ? ' (stale: the file has changed)' : ''}`;
}

