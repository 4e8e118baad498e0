/* What every reader of files with pictures gives: how many there are, and each by its number, read when it is asked for. */
import type { Finding, Result } from '#domain/finding';
import type { Picture } from '#engine/api';

export interface PictureSource {
  /** Number of pictures, at least 1. */
  readonly count: number;
  /** Of each picture, before it is decoded: pixels. */
  sizeOf(index: number): Promise<{ readonly width: number; readonly height: number }>;
  /** As findings call it: the name of the file, with the number or the name of the picture where the file has several. */
  nameOf(index: number): string;
  /** The dataset of one picture, where each has its own. */
  datasetOf?(index: number): string;
  /** Findings: `picture-damaged`, `picture-unsupported`, `picture-too-large`, and those of the format. Warnings are with the picture. */
  read(index: number): Promise<Result<ReadPicture>>;
  close(): Promise<void>;
}

export interface ReadPicture {
  readonly picture: Picture;
  /** What is read but looks wrong, such as the ringing edges of a JPEG file. */
  readonly warnings: readonly Finding[];
}
