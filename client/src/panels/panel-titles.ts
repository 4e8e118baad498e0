import type { PanelName } from '#protocol/panel-messages';
import type { CaseReference } from '#protocol/runs';

const titles: Readonly<Record<PanelName, string>> = {
  design: 'Designs',
  heatMap: 'Heat Map',
  skeleton: 'Skeleton',
  database: 'Database',
  training: 'Training',
};

/** Of a panel's tab. */
export function panelTitle(name: PanelName, { case: caseName }: CaseReference): string {
  return `${caseName}: ${titles[name]}`;
}
