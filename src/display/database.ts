/* How the images of a database are called. */
import type { DatabaseSettings } from '#domain/microstructures';

/** `random image`, or `image` where they come from files. */
export function imageWord({ kind }: Pick<DatabaseSettings, 'kind'>): string {
  return kind === 'files' ? 'image' : 'random image';
}

/** What is independent of others: a random image, or a picture, of which several images may be cut. */
export function independentWord({ kind }: Pick<DatabaseSettings, 'kind'>): string {
  return kind === 'files' ? 'picture' : 'image';
}

/** What the images of a database are, for a number of them: `800 random images`, `300 images from files`. */
export function imagesText({ kind }: Pick<DatabaseSettings, 'kind'>, count: number): string {
  const images = count === 1 ? 'image' : 'images';
  return kind === 'files' ? `${count} ${images} from files` : `${count} random ${images}`;
}
