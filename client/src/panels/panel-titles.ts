import type { PanelName } from '#protocol/panel-messages';

export const panelTitles: Readonly<Record<PanelName, string>> = {
  design: 'Designs',
  heatMap: 'Heat Map',
  skeleton: 'Skeleton',
  database: 'Database',
  training: 'Training',
};
