/* The language server: `node server.mjs --stdio`, or `--node-ipc` and `--pipe` as editors start it. */
import { startLanguageServer } from 'langium/lsp';
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { addSelectionRangeHandler } from './lsp/selection-ranges';
import { createServerServices } from './services';

const connection = createConnection(ProposedFeatures.all);
const { shared } = createServerServices({ connection, ...NodeFileSystem });
addSelectionRangeHandler(connection, shared);
startLanguageServer(shared);
