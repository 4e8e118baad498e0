/* Folders with pictures, and a specification whose database they are. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PlacedFinding } from '#domain/finding';
import { readSpecification } from '#language/read-specification';
import type { CaseSpecification } from '#language/specification/specification';

/** Writes files into a folder, with the folders that their names need. */
export function writeFiles(folder: string, files: Readonly<Record<string, Uint8Array | string>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** A case without a network, whose database has these entries; `more` are entries of the case. */
export function imageCase(folder: string, database: string, more = ''): CaseSpecification {
  const text = `material Boron { young 379.3 GPa  poisson 0.3 }  material Aluminum { young 68.3 GPa  poisson 0.3 }
database Mine { ${database} }
case Stiffness {
    white Boron  black Aluminum  from Mine
    maximize E along x, y
    explain exact { outliers top 40%  edge 12, 16  squares 2  contribution total }
    construct mirror
    ${more}
}
`;
  const { specification, findings } = readSpecification(join(folder, 'mine.xdesign'), { read: () => text, resolve: (_, target) => target });
  if (!specification) throw new Error(findings.map((finding: PlacedFinding) => `${finding.code}: ${finding.message}`).join('\n'));
  return specification.cases[0]!;
}
