/* A design as a file for other programs: the server makes its bytes, the editor's user says where they go. */
import type { Arm } from '../vocabulary';

/** What has to be computed; pictures are drawn by whoever has the pixels. */
export const computedFormats = ['abaqus', 'vti', 'csv'] as const;
export type ComputedFormat = (typeof computedFormats)[number];

export interface FileQuery {
  readonly arm: Arm;
  readonly rank: number;
  /** `csv` is the table of all designs of both arms. */
  readonly format: ComputedFormat;
}

export interface FileView {
  readonly fileName: string;
  readonly text: string;
}
