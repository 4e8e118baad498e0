import {
  createDefaultCoreModule,
  createDefaultSharedCoreModule,
  EmptyFileSystem,
  inject,
  type LangiumSharedCoreServices,
  type Module,
  type PartialLangiumCoreServices,
} from 'langium';
import { XDesignGeneratedModule, XDesignGeneratedSharedModule } from './generated/module';
import { importedByUri, type ImportedDocuments } from '#language/imports/imported-documents';
import { XDesignLexerMessages, XDesignParserMessages } from '#language/syntax/parser-messages';
import { XDesignLinker, XDesignReferenceDescriptions, XDesignScopeComputation } from '#language/imports/linking';
import { XDesignScopeProvider } from '#language/imports/scope';
import type { XDesignAddedServices, XDesignServices } from '#language/imports/imported-documents';

/** The language on Langium's core alone; a server puts its editor services on top. */
export const XDesignModule: Module<XDesignServices, PartialLangiumCoreServices & XDesignAddedServices> = {
  parser: {
    ParserErrorMessageProvider: () => new XDesignParserMessages(),
    LexerErrorMessageProvider: () => new XDesignLexerMessages(),
  },
  references: {
    ImportedDocuments: (services) => importedByUri(services.shared),
    ScopeProvider: (services) => new XDesignScopeProvider(services),
    ScopeComputation: (services) => new XDesignScopeComputation(services),
    Linker: (services) => new XDesignLinker(services),
  },
  workspace: {
    ReferenceDescriptionProvider: (services) => new XDesignReferenceDescriptions(services),
  },
};

/** Services without files or editor. `imported` says where imports lead, when URIs alone do not. */
export function createXDesignServices(imported?: ImportedDocuments): XDesignServices {
  const shared: LangiumSharedCoreServices = inject(createDefaultSharedCoreModule(EmptyFileSystem), XDesignGeneratedSharedModule);
  const ownImports: Module<XDesignServices, object> = imported === undefined ? {} : { references: { ImportedDocuments: () => imported } };
  const services: XDesignServices = inject(createDefaultCoreModule({ shared }), XDesignGeneratedModule, XDesignModule, ownImports);
  shared.ServiceRegistry.register(services);
  return services;
}
