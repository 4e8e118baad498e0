/* The language server: `node server.mjs --stdio`, or `--node-ipc` and `--pipe` as editors start it. */
import { setFlagsFromString } from 'node:v8';
import { startLanguageServer } from 'langium/lsp';
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { keepNumbersApart } from '#runner/keep-numbers-apart';
import { withClientAddresses } from './client-addresses';
import { builtPrograms, connectRuns } from './connect-runs';
import { addSelectionRangeHandler } from './lsp/navigation';
import { createFileChecks } from './runs/file-checks';
import { createResultCache } from './runs/result-cache';
import { createServerServices } from './services';
import { checkOnNewSettings, followWorkspaceFolders } from './workspace/changes';

keepNumbersApart();

// What an edit allocates becomes garbage with the next edit. By default V8 lets the young generation grow to
// 360 MB for a file of 2 000 lines, of which 20 MB are in use.
setFlagsFromString('--semi-space-growth-factor=1');
// On a busy machine it also collects the old generation too late: 613 MB were measured.
setFlagsFromString('--heap-growing-percent=100');

const connection = withClientAddresses(createConnection(ProposedFeatures.all));
const results = createResultCache();
const files = createFileChecks();
const services = createServerServices({ connection, ...NodeFileSystem }, { results, files });
const { shared } = services;
connectRuns(connection, services, builtPrograms(), results, files);
const onError = (error: Error): void => connection.console.error(error.stack ?? error.message);
checkOnNewSettings(services, onError);
followWorkspaceFolders(connection, services, onError);
addSelectionRangeHandler(connection, shared);
startLanguageServer(shared);
