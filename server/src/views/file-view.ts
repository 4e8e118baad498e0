/* One design for finite-element programs and ParaView, or all of them as a table. */
import { success, unpackImage } from '#engine/api';
import { createExportWriter, exportFileName } from '#runner/export/export-file';
import { designsCsv } from '#runner/report/designs-csv';
import { designFileName, designName } from '#runner/report/result-files';
import { designOf, resultNeeds, resultOf } from './case-results';
import { view } from './view';

type ResultValue = (typeof resultNeeds)[number];

export const fileView = view<'file', ResultValue>(resultNeeds, (_values, { arm, rank, format }, { stored }) => {
  const result = resultOf(stored);
  if (format === 'csv') return success({ fileName: 'designs.csv', text: designsCsv(result) });
  const found = designOf(result, arm, rank);
  if (!found.ok) return found;
  const { name, test, plane, phases } = stored.problem;
  const cell = unpackImage(found.value.arm.cells, found.value.index);
  const write = createExportWriter(cell.width, { kind: test, plane, phases });
  const made = write(cell, { picture: designFileName(arm, rank), caseName: name }, format);
  return made.ok ? success({ fileName: exportFileName(designName(arm, rank), test, format), text: made.value.text }) : made;
});
