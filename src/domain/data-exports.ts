/* The data of a case as files for other programs: in which formats, and which parts. */

export const dataFormats = ['npz', 'hdf5', 'parquet', 'csv'] as const;
export type DataFormat = (typeof dataFormats)[number];

/** Images with what was measured of them, maps of the exceptional ones, designs of all arms: what the names of tables begin with. */
export const dataParts = ['database', 'maps', 'designs'] as const;
export type DataPart = (typeof dataParts)[number];
