/* `npm run media`: the panels in a browser, with recorded views of a real run. `--port 4000` chooses the port. */
import { parseArgs } from 'node:util';
import { servePanels } from './media/page-server.mjs';

const { values } = parseArgs({ options: { port: { type: 'string', default: '4173' } } });
const { url } = await servePanels({ port: Number(values.port) });
console.log(`Panels: ${url}`);
