/* The language server: `node server.mjs --stdio`, or `--node-ipc` and `--pipe` as editors start it. */
import { setFlagsFromString } from 'node:v8';
import { startLanguageServer } from 'langium/lsp';
import { NodeFileSystem } from 'langium/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { keepNumbersApart } from '#runner/keep-numbers-apart';
import { withClientAddresses } from './client-addresses';
import { builtPrograms, connectRuns } from './connect-runs';
import { addSelectionRangeHandler } from './lsp/selection-ranges';
import { createResultCache } from './runs/result-cache';
import { createServerServices } from './services';
import { checkOnNewSettings } from './workspace/changes';
import { followWorkspaceFolders } from './workspace/changes';

keepNumbersApart();

// What an edit makes is forgotten with the next one. Left to itself, the engine gives such things ever more
// room before it looks: 360 MB for a file of 2 000 lines, of which 20 are in use.
setFlagsFromString('--semi-space-growth-factor=1');
// Nor does it clear up, on a busy machine, before what is forgotten is many times what is kept: 613 MB were seen.
setFlagsFromString('--heap-growing-percent=100');

const connection = withClientAddresses(createConnection(ProposedFeatures.all));
const results = createResultCache();
const services = createServerServices({ connection, ...NodeFileSystem }, { results });
const { shared } = services;
connectRuns(connection, services, builtPrograms(), results);
const onFault = (error: Error): void => connection.console.error(error.stack ?? error.message);
checkOnNewSettings(services, onFault);
followWorkspaceFolders(connection, services, onFault);
addSelectionRangeHandler(connection, shared);
startLanguageServer(shared);
