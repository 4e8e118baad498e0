/* What is beyond the edges of a case's images, and what a case assumes of images that do not repeat. */
import type { DesignCase } from '#domain/case';
import type { Finding } from '#domain/finding';
import { isPeriodic } from '#domain/image-files';
import type { Boundary } from '#engine/grid/image-2d';

/** Random images repeat; those of files as was said or found out. */
export function imageBoundary({ database }: Pick<DesignCase<unknown>, 'database'>): Boundary {
  return isPeriodic(database) ? 'periodic' : 'open';
}

/**
 * What a case whose images are known asks of periodic images that these are not: the error `shifts-need-periodic-images`, and
 * the information `test-assumes-periodic`.
 */
export function describeOpenImages({ database, learning, test }: Pick<DesignCase<unknown>, 'database' | 'learning' | 'test'>): readonly Finding[] {
  if (imageBoundary({ database }) === 'periodic') return [];
  const findings: Finding[] = [];
  if (learning?.augmentation === 'shifts') {
    findings.push({
      code: 'shifts-need-periodic-images',
      severity: 'error',
      message: 'The images of the database are not periodic, so copies shifted over their edges would show structures that they do not have.',
      remedy: 'Use `augment symmetries`, or cut larger pictures into more tiles by a shorter `stride`.',
    });
  }
  if (test === 'periodic') {
    findings.push({
      code: 'test-assumes-periodic',
      severity: 'information',
      message: 'The test `periodic` repeats each image without end, so where the images of the database are not periodic it also measures the breaks at their edges.',
      remedy: 'Use `test compression` or `test heating`, which do not repeat images, unless that is meant.',
    });
  }
  return findings;
}
