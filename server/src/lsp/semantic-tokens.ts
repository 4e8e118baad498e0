/*
 * Token types that need the syntax tree: the same `poisson` is an entry, a property or the name of a
 * material. Comments, numbers and quoted paths are colored by the TextMate grammar.
 */
import type { AstNode } from 'langium';
import { AbstractSemanticTokenProvider, type SemanticTokenAcceptor } from 'langium/lsp';
import { SemanticTokenModifiers, SemanticTokenTypes } from 'vscode-languageserver';
import type { XDesignAstType } from '#language/generated/ast';

/** Property of a node, the type of its token, and a modifier. */
type Row = readonly [property: string, type: SemanticTokenTypes, modifier?: SemanticTokenModifiers];

const declared = SemanticTokenModifiers.declaration;
const { keyword, property, enumMember, variable, parameter } = {
  keyword: SemanticTokenTypes.keyword,
  property: SemanticTokenTypes.property,
  enumMember: SemanticTokenTypes.enumMember,
  variable: SemanticTokenTypes.variable,
  parameter: SemanticTokenTypes.parameter,
};

const rows: { readonly [T in keyof XDesignAstType]?: readonly Row[] } = {
  Material: [['name', variable, declared]],
  Database: [['name', SemanticTokenTypes.type, declared]],
  Case: [['name', SemanticTokenTypes.class, declared]],
  NumberEntry: [['key', property]],
  RangeEntry: [['key', property]],
  ListEntry: [['key', property]],
  ChoiceEntry: [['key', property], ['choice', enumMember]],
  ChoicesEntry: [['key', property], ['choices', enumMember]],
  Outliers: [['key', property], ['side', enumMember]],
  PathEntry: [['key', property]],
  PathsEntry: [['key', property]],
  WhiteEntry: [['key', property], ['word', enumMember]],
  Labels: [['key', property]],
  ColumnsEntry: [['key', property], ['unit', SemanticTokenTypes.type]],
  PropertiesEntry: [['key', property], ['properties', parameter]],
  Transfer: [['key', property], ['source', SemanticTokenTypes.class]],
  Family: [['kind', property]],
  Phase: [['color', keyword], ['void', enumMember], ['material', variable]],
  Source: [['database', SemanticTokenTypes.type]],
  Plane: [['state', enumMember]],
  Test: [['kind', enumMember]],
  Objective: [['sense', keyword], ['property', parameter], ['directions', enumMember]],
  DifferenceConstraint: [['property', parameter]],
  BoundConstraint: [['property', parameter]],
  Learn: [['network', enumMember]],
  Explain: [['method', enumMember]],
  Construct: [['method', enumMember]],
  CompareControl: [['arm', enumMember]],
  CompareOptimization: [['arm', enumMember]],
  ComparePictures: [['arm', enumMember]],
  Refine: [['method', enumMember]],
  Study: [['name', SemanticTokenTypes.namespace, declared], ['case', SemanticTokenTypes.class]],
  NumberSetting: [['key', property]],
  RangeSetting: [['block', property], ['key', property]],
  ChoiceSetting: [['block', property], ['key', property], ['choices', enumMember]],
  SourceSetting: [['block', property], ['key', property], ['choices', enumMember]],
  PathSetting: [['key', property]],
  TransferSetting: [['key', property], ['sources', SemanticTokenTypes.class]],
  Quantity: [['unit', SemanticTokenTypes.type]],
};

export class XDesignSemanticTokens extends AbstractSemanticTokenProvider {
  protected override highlightElement(node: AstNode, accept: SemanticTokenAcceptor): void {
    for (const [name, type, modifier] of rows[node.$type as keyof XDesignAstType] ?? []) {
      accept({ node, property: name as never, type, ...(modifier === undefined ? {} : { modifier }) });
    }
  }
}
