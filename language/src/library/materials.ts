/* The text of `xdesign:materials`: each value with the source that it was taken from. */
export const materialsText = `// Materials near room temperature, each with its source. Real ones scatter: put your own numbers into a
// copy where they matter.

// Feng et al. 2024, table 3, doi 10.1016/j.eml.2024.102269, cases 1 and 2.
material Boron { young 379.3 GPa  poisson 0.3 }

// The same, the solid of case 3. As the matrix of cases 1 and 2 the paper takes Poisson's ratio 0.3.
material Aluminum { young 68.3 GPa  poisson 0.33  expansion 23.6e-6 1/K }

// The same, case 3: nearly a void.
material Foam { young 0.1 MPa  poisson 0.25  expansion 1e-15 1/K }

// EN 1993-1-1:2005, 3.2.6, structural steel.
material Steel { young 210 GPa  poisson 0.3  expansion 12e-6 1/K }

// Ti-6Al-4V ELI (grade 5), annealed; ASM data sheet MTP643, expansion from 20 to 100 °C.
material Titanium { young 113.8 GPa  poisson 0.342  expansion 8.6e-6 1/K }

// The matrix 3501-6; Soden, Hinton and Kaddour 1998, doi 10.1016/S0266-3538(98)00078-5, table 2.
material Epoxy { young 4.2 GPa  poisson 0.34  expansion 45e-6 1/K }

// Polylactide, solid: 3.5 GPa is what most of the literature takes (Farah, Anderson and Langer 2016, doi
// 10.1016/j.addr.2016.06.012); printed parts are softer. Sources of its expansion disagree: it has none here.
material PLA { young 3.5 GPa  poisson 0.36 }

// Sintered, 99.5 %; Munro 1997, doi 10.1111/j.1151-2916.1997.tb03074.x (NIST SRD 150); expansion from
// Callister and Rethwisch, Fundamentals of Materials Science and Engineering, table B.6.
material Alumina { young 416 GPa  poisson 0.231  expansion 7.4e-6 1/K }

// Sintered; Munro 1997, doi 10.1063/1.556000 (NIST SRD 150); expansion as of Alumina.
material SiliconCarbide { young 415 GPa  poisson 0.16  expansion 4.1e-6 1/K }

// Vulcanized natural rubber, unfilled, small strains; MatWeb: shear modulus 0.5 MPa, expansion 225e-6 1/K.
// Its Poisson's ratio is above 0.499, where these elements lock: 0.49 stands for nearly incompressible.
material Rubber { young 1.5 MPa  poisson 0.49  expansion 225e-6 1/K }
`;
