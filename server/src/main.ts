/* The language server: `node server.mjs --stdio`, or `--node-ipc` and `--pipe` as editors start it. */
import { startLanguageServer } from 'langium/lsp';
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { builtPrograms, connectRuns } from './connect-runs';
import { addSelectionRangeHandler } from './lsp/selection-ranges';
import { createResultCache } from './runs/result-cache';
import { createServerServices } from './services';

const connection = createConnection(ProposedFeatures.all);
const results = createResultCache();
const services = createServerServices({ connection, ...NodeFileSystem }, { results });
const { shared } = services;
connectRuns(connection, services, builtPrograms(connection), results);
addSelectionRangeHandler(connection, shared);
startLanguageServer(shared);
