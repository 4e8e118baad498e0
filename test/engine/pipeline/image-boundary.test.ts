import { expect, test } from 'vitest';
import type { FileDatabase } from '#domain/image-files';
import { describeOpenImages, imageBoundary } from '#engine/pipeline/image-boundary';
import { smallDatabase } from '#test/support/database-settings';
import { stripedSettings } from '#test/support/striped-dataset';

const files = (periodic?: boolean): FileDatabase => ({
  kind: 'files', resolution: 32, fraction: { lower: 0, upper: 1 }, seed: 1, images: [], stride: 32, ...(periodic !== undefined && { periodic }),
});

test('random images repeat, those of files where it was said or found out', () => {
  expect([smallDatabase, files(true), files(false), files()].map((database) => imageBoundary({ database }))).toEqual(['periodic', 'periodic', 'open', 'open']);
});

test('what a case assumes of images that do not repeat', () => {
  const codes = (...given: Parameters<typeof describeOpenImages>): string[] => describeOpenImages(...given).map(({ code, severity }) => `${severity} ${code}`);
  const shifts = { ...stripedSettings, augmentation: 'shifts' } as const;
  expect(codes({ database: files(false), learning: shifts, test: 'periodic' })).toEqual(['error shifts-need-periodic-images', 'information test-assumes-periodic']);
  expect(codes({ database: files(false), learning: { ...shifts, augmentation: 'symmetries' }, test: 'compression' })).toEqual([]);
  expect(codes({ database: files(false), test: 'heating' })).toEqual([]);
  for (const database of [files(true), smallDatabase]) expect(codes({ database, learning: shifts, test: 'periodic' })).toEqual([]);
});
