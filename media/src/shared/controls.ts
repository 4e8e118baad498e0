/* The controls of panels: VS Code's look from @vscode-elements, and the browser's slider, which that library does not have. */
import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import '@vscode-elements/elements/dist/vscode-radio/index.js';
import '@vscode-elements/elements/dist/vscode-radio-group/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';

/** A value and its label. */
export type Option<T extends string> = readonly [value: T, label: string];

/** One of a few options, all visible. */
export function radios<T extends string>(label: string, options: readonly Option<T>[], value: T, onChange: (value: T) => void): TemplateResult {
  const change = (event: Event): void => {
    const chosen = (event.target as HTMLElement & { value: T }).value;
    if (options.some(([each]) => each === chosen)) onChange(chosen);
  };
  return html`<div class="control">
    <span class="label" aria-hidden="true">${label}</span>
    <vscode-radio-group aria-label=${label} @change=${change}>
      ${options.map(([each, name]) => html`<vscode-radio name=${label} value=${each} label=${name} .checked=${each === value}></vscode-radio>`)}
    </vscode-radio-group>
  </div>`;
}

/** One of several options. */
export function select<T extends string>(label: string, options: readonly Option<T>[], value: T, onChange: (value: T) => void): TemplateResult {
  const change = (event: Event): void => onChange((event.currentTarget as HTMLElement & { value: T }).value);
  return html`<div class="control">
    <span class="label" aria-hidden="true">${label}</span>
    <vscode-single-select aria-label=${label} @change=${change}>
      ${options.map(([each, name]) => html`<vscode-option value=${each} ?selected=${each === value}>${name}</vscode-option>`)}
    </vscode-single-select>
  </div>`;
}

export function checkbox(label: string, checked: boolean, onChange: (checked: boolean) => void): TemplateResult {
  const change = (event: Event): void => onChange((event.currentTarget as HTMLElement & { checked: boolean }).checked);
  return html`<vscode-checkbox label=${label} .checked=${checked} @change=${change}></vscode-checkbox>`;
}

interface SliderSettings {
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  /** The value in words. */
  readonly text: string;
  /** Called while the slider moves. */
  readonly onMove: (value: number) => void;
  /** Called when it is released. */
  readonly onRelease?: (value: number) => void;
}

export function slider({ label, min, max, step, value, text, onMove, onRelease }: SliderSettings): TemplateResult {
  const valueOf = (event: Event): number => (event.currentTarget as HTMLInputElement).valueAsNumber;
  return html`<label class="control slider">
    <span class="label">${label}</span>
    <input type="range" aria-label=${label} aria-valuetext=${text} min=${min} max=${max} step=${step} .value=${live(String(value))}
      @input=${(event: Event) => onMove(valueOf(event))} @change=${(event: Event) => onRelease?.(valueOf(event))}>
    <output>${text}</output>
  </label>`;
}

/** A whole number that is typed. */
export function wholeNumber(label: string, { least, most, value, onChange }: { readonly least: number; readonly most: number; readonly value: number; readonly onChange: (value: number) => void }): TemplateResult {
  const change = (event: Event): void => {
    const field = event.currentTarget as HTMLInputElement;
    const typed = field.valueAsNumber;
    if (Number.isInteger(typed) && typed >= least && typed <= most) onChange(typed);
    else field.value = String(value);
  };
  // Not live: a panel that is drawn again while somebody types leaves what is typed.
  return html`<label class="control number">
    <span class="label">${label}</span>
    <input type="number" aria-label=${label} min=${least} max=${most} step="1" .value=${String(value)} @change=${change}>
    <small>${least} to ${most}</small>
  </label>`;
}

export function button(label: string, onPress: () => void, { secondary = true, title = label, disabled = false } = {}): TemplateResult {
  return html`<vscode-button ?secondary=${secondary} ?disabled=${disabled} title=${title} @click=${onPress}>${label}</vscode-button>`;
}
