/* What a panel is: a function from the received views to a page (lit's templates). */
import type { TemplateResult } from 'lit';
import type { StageName } from '#domain/stages';
import type { FromPanelMessage, PanelLink, PanelName, PanelPlaces } from '#protocol/panel-messages';
import type { PreviewResponse } from '#protocol/preview';
import type { RunChanged } from '#protocol/runs';
import type { QueryCache } from './queries';

/** One kind of panel. `C` are its view options: settings besides the place, stored with the panel and private to it. */
export interface PanelKind<P extends PanelName, C extends object> {
  readonly name: P;
  /** For screen readers, and for the frame of an empty panel. */
  readonly title: string;
  readonly viewOptions: C;
  /** The stage whose value it shows; an empty panel waits for it. */
  readonly stage: StageName;
  /** `progress`: what grows within a stage, so it is requested again while the stage runs. */
  readonly follows: 'stages' | 'progress';
  /** The page, or undefined while its content is missing; then the frame gives the reason. */
  render(panel: Panel<P, C>): TemplateResult | undefined;
}

/** What a rendering can read and do. */
export interface Panel<P extends PanelName = PanelName, C extends object = object> extends Pick<QueryCache, 'content' | 'latest' | 'send' | 'awaits' | 'replies'> {
  readonly place: PanelPlaces[P] | undefined;
  readonly viewOptions: C;
  /** The last change that was received of a run of the case. */
  readonly run: RunChanged | undefined;
  /** The preview of the edited document for an image, or for that of the best design. */
  previewOf(image: number | undefined): PreviewResponse | undefined;
  /** A number that changes with the colors. */
  readonly theme: number;
  /** Shows another place. */
  go(place: PanelPlaces[P]): void;
  setViewOptions(change: Partial<C>): void;
  /** Replaces all options at once, for example to remove one. */
  replaceViewOptions(viewOptions: C): void;
  open(link: PanelLink): void;
  post(message: FromPanelMessage): void;
  /** Renders again soon. */
  redraw(): void;
}
