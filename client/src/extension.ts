/* The extension's entry: one row per feature. Nothing here waits for the server, so that activation is short. */
import { window, type ExtensionContext } from 'vscode';
import { dataExport } from './features/export-data';
import { reports, runComparison } from './features/finished-runs';
import { imageSimulation } from './features/image-simulation';
import { clusterCommands, languageServer, references, workspaceTrust } from './features/language-features';
import { livePreview } from './features/live-preview';
import { newSpecification } from './features/new-specification';
import { runManagement } from './features/run-management';
import { runFailure, runNotification, runStatus } from './features/run-progress';
import { startRuns } from './features/start-runs';
import { studies, studyEnd } from './features/studies';
import type { Feature, Host } from './host';
import { panelCommands } from './panels/panel-commands';
import { PanelMemory, Panels } from './panels/panels';
import { RunList } from './run-list';
import { runsView } from './runs-view/runs-view';
import { LazyServer } from './server/lazy-server';

const features: readonly Feature[] = [
  languageServer,
  workspaceTrust,
  clusterCommands,
  newSpecification,
  startRuns,
  runStatus,
  runNotification,
  runFailure,
  studies,
  studyEnd,
  runManagement,
  runComparison,
  reports,
  runsView,
  panelCommands,
  livePreview,
  imageSimulation,
  dataExport,
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
