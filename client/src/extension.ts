/* The extension's entry: one row a feature. Nothing here waits for the server, so that activation is short. */
import { window, type ExtensionContext } from 'vscode';
import { imageSimulation } from './features/image-simulation';
import { languageServer } from './features/language-server';
import { livePreview } from './features/live-preview';
import { newSpecification } from './features/new-specification';
import { references } from './features/references';
import { reports } from './features/reports';
import { runComparison } from './features/run-comparison';
import { runFailure } from './features/run-failure';
import { runManagement } from './features/run-management';
import { runNotification } from './features/run-notification';
import { runStatus } from './features/run-status';
import { startRuns } from './features/start-runs';
import { workspaceTrust } from './features/workspace-trust';
import type { Feature, Host } from './host';
import { LazyServer } from './server/lazy-server';
import { PanelMemory } from '#client/panels/panels';
import { Panels } from './panels/panels';
import { panelCommands } from './panels/panel-commands';
import { RunList } from './run-list';
import { runsView } from './runs-view/runs-view';

const features: readonly Feature[] = [
  languageServer,
  workspaceTrust,
  newSpecification,
  startRuns,
  runStatus,
  runNotification,
  runFailure,
  runManagement,
  runComparison,
  reports,
  runsView,
  panelCommands,
  livePreview,
  imageSimulation,
  references,
];

export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel('XDesign', { log: true });
  const server = new LazyServer(context, log);
  const runs = new RunList(server);
  const panels = new Panels(context.extensionUri, server, log, new PanelMemory(context.workspaceState));
  const host: Host = { extensionUri: context.extensionUri, server, runs, panels, log };
  context.subscriptions.push(log, server, runs, panels, ...features.map((feature) => feature(host)));
}
