/* Parts of a document without errors: what is missing here is a bug in the checks. */
import { AstUtils, GrammarUtils, type AstNode } from 'langium';
import type { Place } from '#domain/finding';
import type { Interval } from '#domain/intervals';
import type { BlockReader } from '#language/entries/read-block';

/** Where a property of a node stands; the name of a case is what an editor hangs its commands on. */
export function placeOf(node: AstNode, property: string, file: string, index = 0): Place {
  const { start, end } = present(GrammarUtils.findNodeForProperty(node.$cstNode, property, index) ?? node.$cstNode ?? AstUtils.getDocument(node).parseResult.value.$cstNode, 'place').range;
  return { file, start: { line: start.line, character: start.character }, end: { line: end.line, character: end.character } };
}

export function number(reader: BlockReader, key: string): number {
  return present(reader.number(key), key);
}

export function range(reader: BlockReader, key: string): Interval {
  return present(reader.range(key), key);
}

export function choice<T extends string>(reader: BlockReader, key: string): T {
  return present(reader.choice<T>(key), key);
}

export function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`The checks let a specification without ${what} pass.`);
  return value;
}
