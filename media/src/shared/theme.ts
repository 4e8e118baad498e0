/* The editor's colors, which every panel takes from CSS variables: light, dark and high contrast follow by themselves. */
import { imageKinds } from '#domain/microstructures';

/** Names of `panel.css`: its variables without the dashes. */
const colorNames = [
  'ink', 'muted', 'rule', 'paper', 'line', 'accent', 'limit', 'good', 'bad', 'band',
  'series-1', 'series-2', 'series-3', 'series-4', 'series-5', 'series-6',
  ...imageKinds,
] as const;
type ColorName = (typeof colorNames)[number];
export type ThemeColors = Readonly<Record<ColorName, string>>;

/** The present colors as `rgb(…)`, for canvases, which cannot read CSS variables. */
export function themeColors(): ThemeColors {
  const probe = document.createElement('span');
  probe.hidden = true;
  document.body.append(probe);
  const computed = getComputedStyle(probe);
  const colors = colorNames.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, computed.color] as const;
  });
  probe.remove();
  return Object.fromEntries(colors) as ThemeColors;
}

/** The editor's font for text on canvases. */
export function themeFont(): string {
  return getComputedStyle(document.body).fontFamily;
}

/** The editor changes a class of the body and variables of the root element. */
export function onThemeChange(listener: () => void): void {
  const observer = new MutationObserver(listener);
  observer.observe(document.body, { attributeFilter: ['class', 'data-vscode-theme-id'] });
  observer.observe(document.documentElement, { attributeFilter: ['style'] });
}
