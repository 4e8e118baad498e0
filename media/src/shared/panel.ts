/* What a panel is: a function from what is known to a page (lit's templates). */
import type { TemplateResult } from 'lit';
import type { StageName } from '#domain/stages';
import type { FromPanelMessage, PanelLink, PanelName, PanelPlaces } from '#protocol/panel-messages';
import type { PreviewResponse } from '#protocol/preview';
import type { RunChanged } from '#protocol/runs';
import type { QueryCache } from './queries';

/** One kind of panel. `C` is what the user has set in it beside the place: kept, but nothing that others name. */
export interface PanelKind<P extends PanelName, C extends object> {
  readonly name: P;
  /** For screen readers, and while nothing is there. */
  readonly title: string;
  readonly choice: C;
  /** Whose value it shows: what is waited for while there is none. */
  readonly stage: StageName;
  /** `progress`: what is drawn grows within a stage, so it is asked again while one goes on. */
  readonly follows: 'stages' | 'progress';
  /** Undefined while what matters is not there: the frame says why. */
  draw(panel: Panel<P, C>): TemplateResult | undefined;
}

/** What a drawing can read and do. */
export interface Panel<P extends PanelName = PanelName, C extends object = object> extends Pick<QueryCache, 'content' | 'latest' | 'send' | 'awaits' | 'replies'> {
  readonly place: PanelPlaces[P] | undefined;
  readonly choice: C;
  /** The last that was heard of a run of the case. */
  readonly run: RunChanged | undefined;
  /** What the text as it is being typed would give for an image, or for that of the best design. */
  previewOf(image: number | undefined): PreviewResponse | undefined;
  /** Another one with every change of the colors. */
  readonly theme: number;
  /** Shows another place. */
  go(place: PanelPlaces[P]): void;
  choose(change: Partial<C>): void;
  /** All at once, to leave something out. */
  replaceChoice(choice: C): void;
  open(link: PanelLink): void;
  post(message: FromPanelMessage): void;
  /** Draws again soon. */
  redraw(): void;
}
