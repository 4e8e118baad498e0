import { commands } from '#protocol/commands';

/** All commands of the extension: those that the server's code lenses name, and the editor's own. */
export const commandNames = {
  ...commands,
  newSpecification: 'xdesign.newSpecification',
  cancelRun: 'xdesign.cancelRun',
  resumeRun: 'xdesign.resumeRun',
  deleteRun: 'xdesign.deleteRun',
  adoptRuns: 'xdesign.adoptRuns',
  deleteStudyRuns: 'xdesign.deleteStudyRuns',
  copyStudy: 'xdesign.copyStudy',
  revealFiles: 'xdesign.revealFiles',
  exportData: 'xdesign.exportData',
  openDesign: 'xdesign.openDesign',
  openHeatMap: 'xdesign.openHeatMap',
  openSkeleton: 'xdesign.openSkeleton',
  openTraining: 'xdesign.openTraining',
  openOptimization: 'xdesign.openOptimization',
  simulateImage: 'xdesign.simulateImage',
  refreshRuns: 'xdesign.refreshRuns',
  restartServer: 'xdesign.restartServer',
  showLog: 'xdesign.showLog',
} as const;
