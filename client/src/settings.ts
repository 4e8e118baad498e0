import { workspace } from 'vscode';
import type { PanelName } from '#protocol/panel-messages';

/**
 * The settings of package.json, each read here and nowhere else. (`xdesign.trace.server` is read by the
 * language client itself.) The defaults are those of package.json.
 */
export const settings = {
  /** The panel that opens when a run starts. */
  panelOfRun: (): PanelName | undefined => {
    const name = read<'design' | 'training' | 'optimization' | 'none'>('panels.openWithRun');
    return name === 'none' ? undefined : name;
  },
  previewWhileTyping: () => read<boolean>('preview.whileTyping'),
  importsOutsideWorkspace: () => read<boolean>('imports.outsideWorkspace'),
};

function read<T>(name: string): T {
  const value = workspace.getConfiguration('xdesign').get<T>(name);
  if (value === undefined) throw new Error(`package.json has no default for xdesign.${name}`);
  return value;
}
