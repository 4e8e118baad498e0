/*
 * Files that come with the language, imported as `import "xdesign:materials"`. They are files like any other, so that
 * an editor can show them and a user can copy from them.
 */

/** The text of `xdesign:materials`: each value with the source that it was taken from. */
const materialsText = `// Materials near room temperature, each with its source. Real ones scatter: put your own numbers into a
// copy where they matter.

// Feng et al. 2024, table 3, doi 10.1016/j.eml.2024.102269, cases 1 and 2.
material Boron { young 379.3 GPa  poisson 0.3 }

// The same, the solid of case 3. As the matrix of cases 1 and 2 the paper takes Poisson's ratio 0.3.
material Aluminum { young 68.3 GPa  poisson 0.33  expansion 23.6e-6 1/K }

// The same, case 3: nearly a void.
material Foam { young 0.1 MPa  poisson 0.25  expansion 1e-15 1/K }

// EN 1993-1-1:2005, 3.2.6, structural steel.
material Steel { young 210 GPa  poisson 0.3  expansion 12e-6 1/K }

// Ti-6Al-4V ELI, annealed; ASM data sheet MTP643; expansion from Callister and Rethwisch, Fundamentals of
// Materials Science and Engineering, 3rd edition, table B.6.
material Titanium { young 113.8 GPa  poisson 0.342  expansion 8.6e-6 1/K }

// The resin 934; Bowles and Tompkins 1989, Journal of Composite Materials 23, as a thesis quotes their table.
material Epoxy { young 4.35 GPa  poisson 0.37  expansion 43.9e-6 1/K }

// Polylactide, solid; Young's modulus as measured in table 2 of doi 10.3390/nano11010249. Poisson's ratio is
// an estimate, and sources of the expansion disagree: it has none here. Printed parts are softer.
material PLA { young 3.1 GPa  poisson 0.36 }

// Sintered, 99.5 %; Munro 1997, J. Am. Ceram. Soc. 80, 1919, in NIST SRD 150: 416 GPa (30), and Poisson's ratio
// from its bulk modulus, 257 GPa; expansion from Callister and Rethwisch, table B.6.
material Alumina { young 416 GPa  poisson 0.23  expansion 7.4e-6 1/K }

// Sintered; not read in a source: values within those that makeitfrom.com gives (370 to 490 GPa, 0.14 to 0.21);
// expansion from Callister and Rethwisch, table B.6.
material SiliconCarbide { young 415 GPa  poisson 0.16  expansion 4.1e-6 1/K }

// Vulcanized natural rubber, unfilled, small strains; MatWeb: shear modulus 0.5 MPa, expansion 225e-6 1/K.
// Its Poisson's ratio is above 0.499, where these elements lock: 0.49 stands for nearly incompressible.
material Rubber { young 1.5 MPa  poisson 0.49  expansion 225e-6 1/K }
`;

/** How an import names a file of the library. */
export const libraryScheme = 'xdesign:';

/** Text of each file by the path of its import. */
export const library: Readonly<Record<string, string>> = { [`${libraryScheme}materials`]: materialsText };

/** Whether a path asks for the library, which may not have it. */
export function asksForLibrary(path: string): boolean {
  return path.startsWith(libraryScheme);
}

/** The text that a path of an import means, if it is one of the library. */
export function libraryText(path: string): string | undefined {
  return Object.hasOwn(library, path) ? library[path] : undefined;
}
