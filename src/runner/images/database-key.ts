/* By what databases of files have the same images. */
import type { FileDatabase } from '#domain/image-files';
import type { FilePath } from '#language/specification/specification';

/** The database without what changes nothing about its images: the seed draws tiles, and where all are taken, or none are cut, it draws nothing. */
export function withoutIdleSeed<NamedFile>({ seed, ...others }: FileDatabase<NamedFile>): Omit<FileDatabase<NamedFile>, 'seed'> & { readonly seed?: number } {
  return others.fit === 'tile' && others.tiles !== undefined ? { seed, ...others } : others;
}

/** Equal for databases that have the same images. */
export function databaseKey(database: FileDatabase<FilePath>): string {
  return JSON.stringify(withoutIdleSeed(database));
}
