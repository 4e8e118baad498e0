/* What the editor asks before it exports data, and says afterwards. */
import { expect, test } from 'vitest';
import { exportedText, fileStart, formatChoices, partChoices } from '#client/data-exports';
import { dataFormats, dataParts } from '#domain/data-exports';

test('each format and each part is offered once, and all parts are picked', () => {
  expect(formatChoices.map(({ format }) => format)).toEqual(dataFormats);
  expect(partChoices.map(({ part }) => part)).toEqual(dataParts);
  expect(partChoices.every(({ picked }) => picked)).toBe(true);
});

test('the extension of a format is not written twice', () => {
  const [npz, hdf5] = formatChoices as [(typeof formatChoices)[number], (typeof formatChoices)[number]];
  expect([fileStart('Stiffness.npz', npz), fileStart('Stiffness.H5', hdf5), fileStart('run.2', npz)]).toEqual(['Stiffness', 'Stiffness', 'run.2']);
});

test('the files that were written are named with their tables', () => {
  expect(exportedText([{ uri: 'file:///a/my%20case.npz', tables: ['database', 'designs/control'] }])).toBe('my case.npz was written: database, designs/control.');
  expect(exportedText([{ uri: 'file:///a/A-database.csv', tables: ['database'] }, { uri: 'file:///a/A-maps.csv', tables: ['maps'] }])).toBe('2 files were written: database, maps.');
});
