import { inject, type Module } from 'langium';
import { createDefaultModule, createDefaultSharedModule, type DefaultSharedModuleContext, type LangiumSharedServices } from 'langium/lsp';
import { XDesignGeneratedModule, XDesignGeneratedSharedModule } from '#language/generated/module';
import { XDesignModule } from '#language/xdesign-module';
import { editorModule } from './lsp/editor-module';
import type { ServerServices, XDesignServerServices } from './server-services';

/** All services of a server; without a connection they answer calls, as tests do. */
export function createServerServices(context: DefaultSharedModuleContext): ServerServices {
  const shared: LangiumSharedServices = inject(createDefaultSharedModule(context), XDesignGeneratedSharedModule);
  const language = XDesignModule as Module<XDesignServerServices, object>;
  const xdesign: XDesignServerServices = inject(createDefaultModule({ shared }), XDesignGeneratedModule, language, editorModule);
  shared.ServiceRegistry.register(xdesign);
  return { shared, xdesign };
}
