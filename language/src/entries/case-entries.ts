/*
 * Meanings of the entries of a case and of the keywords that they choose from: the rows of docs/language.md
 * (a test compares them), for hovers and completion.
 */
import { senses } from '#domain/objective';
import type { Property } from '#language/generated/ast';

export interface CaseEntryDescription {
  /** The keywords that begin the entry. */
  readonly words: readonly string[];
  /** How it is written; code. */
  readonly syntax: string;
  /** Of an entry that is left out. */
  readonly fallback: string;
  /** Whole sentences. */
  readonly meaning: string;
}

export const caseEntries: readonly CaseEntryDescription[] = [
  { words: ['white', 'black'], syntax: '`white NAME`, `black NAME`, `black void`', fallback: 'required', meaning: 'The materials of white and of black pixels, or `void` for one of them: no stiffness at all. White is the design phase.' },
  { words: ['from'], syntax: '`from NAME`', fallback: 'required', meaning: 'The database.' },
  { words: ['plane'], syntax: '`plane stress`, `plane strain`', fallback: '`plane stress`', meaning: 'A thin sheet, or a long block whose ends are fixed.' },
  {
    words: senses,
    syntax: '`maximize P along x, y`, `minimize P along x`',
    fallback: 'required',
    meaning: "The objective; P is `E` (Young's modulus), `poisson` (Poisson's ratio) or `expansion`. With two directions, the worse value counts.",
  },
  { words: ['learn', 'explain', 'construct'], syntax: '`learn`, `explain`, `construct`', fallback: 'below', meaning: 'How designs are found.' },
  {
    words: ['compare'],
    syntax: '`compare control`, `compare white-share`, `compare mirror`, `compare graph`, `compare moderate`, `compare optimization`, `compare pictures "FILES"`',
    fallback: 'no comparison',
    meaning: 'Also makes designs in another way, to measure what the explanation adds: from as many random patches, from squares chosen by their share of white alone, by the other construction from the same patches, from images that are not exceptional, by topology optimization of starts that no design inspired, or from PNG files, each of them a cell. Several may be given.',
  },
  { words: ['refine'], syntax: '`refine optimization`', fallback: 'no refinement', meaning: 'The best designs of each arm go on as starts of topology optimizations.' },
];

/** The tests, with what each measures. */
export const testEntries = {
  compression: { fallback: 'for `E` and `poisson`', meaning: 'Rollers on two edges, one edge pushed, the fourth free; measures `E` and `poisson` in x and y.' },
  heating: { fallback: 'for `expansion`', meaning: 'Rollers on two edges, the others free, heated uniformly; measures `expansion` in x and y, and `E` and `poisson` by compression.' },
  periodic: { fallback: '', meaning: 'The image repeats periodically; measures all three, and the shear modulus.' },
} as const;

/** The constraints on a design. */
export const constraintEntries = {
  difference: { syntax: '`subject to difference(P) < 10%`', fallback: 'none', meaning: 'The values in x and y differ by less than this share of the smaller one.' },
  fraction: { syntax: '`subject to fraction in 0.39 .. 0.40`', fallback: "the database's", meaning: 'Range of the volume fraction of white in a design.' },
  bound: { syntax: '`subject to P > 100 GPa`, `subject to P < 0.2`', fallback: 'none', meaning: 'A bound in every direction, with the unit of P.' },
} as const;

/** Each property with its definition and the tests that it comes from. */
export const propertyDefinitions: Readonly<Record<Property, { readonly name: string; readonly definition: string; readonly tests: string }>> = {
  E: {
    name: "Young's modulus",
    definition: 'Stress along a direction over the strain along it, all else free: 1/S₁₁ of the effective compliance (of the plane, in plane strain).',
    tests: '`compression` measures it by pushing an edge, `heating` likewise; `periodic` derives it from the effective stiffness.',
  },
  poisson: {
    name: "Poisson's ratio",
    definition: 'How much a cell that is compressed along a direction widens across it: −ε across over ε along.',
    tests: '`compression` measures it by pushing an edge, `heating` likewise; `periodic` derives it from the effective stiffness.',
  },
  expansion: {
    name: 'Thermal expansion',
    definition: 'Strain along a direction per kelvin of uniform heating.',
    tests: '`heating` measures it with free edges, `periodic` under periodicity, where it follows from the effective stiffness (Levin 1967). `compression` does not measure it.',
  },
};

/** Keywords that an entry chooses from, by entry and keyword; self-explanatory ones are left out. */
export const choiceMeanings: Readonly<Record<string, string>> = {
  'white void': 'No stiffness at all: the limit of a phase whose modulus goes to zero, with Poisson’s ratio 0 and no expansion. A cell without a load path has E = 0.',
  'density ring': 'One wavenumber and its surroundings.',
  'density disc': 'All wavenumbers up to an edge.',
  'density band': 'A Gaussian around the mean wavenumber.',
  'density anisotropic': 'A band in few directions.',
  'density mixed': 'One of the shapes, at random for each image.',
  'kind network': 'White walls.',
  'kind porous': 'White cells.',
  'kind mixed': 'White walls or white cells, at random.',
  'synthesis noise': 'Filtered noise; fast.',
  'synthesis waves': 'A sum of waves, with the same statistics.',
  'schedule constant': 'The rate is constant.',
  'schedule decay': 'The rate is halved five times.',
  'schedule one-cycle': 'The rate warms up and anneals to zero.',
  'directions shared': 'One network for x and y through the anti-transposed image.',
  'directions separate': 'One network per direction.',
  'augment none': 'Images are used as they are.',
  'augment symmetries': 'Mirror images that have the same labels are used too.',
  'augment shifts': 'For few images: in the first 60 % of the epochs all mirror images are used, shifted over the edges, whose labels are only nearly the same. Needs more epochs.',
  'optimizer adam': 'Adam.',
  'optimizer adamw': 'Adam with decoupled weight decay.',
  'intersect binarized': 'Each map is thresholded, and the regions are intersected.',
  'intersect normalized': 'The normalized maps are multiplied, and the product is thresholded.',
  'contribution total': 'What it adds to gray of the image’s own share of white.',
  'contribution arrangement': 'What it adds to gray of its own share of white: more white than elsewhere does not contribute.',
  'contribution efficiency': 'How much more a white pixel of it does than a black one.',
  'mask square': "The skeleton in the region's whole square.",
  'mask region': 'The skeleton only inside the region.',
  'thinning end-preserving': 'Zhang and Suen as corrected by Lü and Wang 1986, with ends extended to the outline: bars keep their length at every angle.',
  'thinning zhang-suen': 'Zhang and Suen 1984.',
  'thinning guo-hall': 'Guo and Hall 1989.',
  'axes two': 'Both center lines.',
  'axes four': 'The diagonals as well: both directions are equal.',
  'learn compact': 'A network for machines without a GPU; the default.',
  'learn resnet18': "The paper's network, trained as the paper says.",
  'explain gradram': 'Grad-RAM, as in the paper.',
  'explain hirescam': 'Each position of the feature maps has its own weight.',
  'explain layercam': 'The same, with positive gradients only.',
  'explain exact': 'No network: the squares that contribute most by the finite elements. Nothing is trained, and the case needs no `learn`.',
  'construct mirror': 'A quarter of the cell from the skeleton of the critical region, mirrored about both mid-lines and thickened.',
  'construct graph': 'A whole cell from the skeleton of the critical region, redrawn so that opposite edges match, and thickened.',
  'compare control': 'Also makes designs from as many random patches as the explanation gives.',
  'compare white-share': 'Also makes designs from as many squares of the same sizes, chosen by the share of white alone: the most white in the same image, or the least where the limit is better with less.',
  'compare mirror': 'Also mirrors the patches of a case that constructs by `graph`: the same patches, the other construction.',
  'compare graph': 'Also redraws the patches of a case that constructs by `mirror` so that opposite edges match: the same patches, the other construction.',
  'compare moderate': 'Also makes designs from critical regions of as many images that are not exceptional, drawn at random.',
  'compare optimization': 'Also makes designs by topology optimization of starts that no design inspired.',
  'compare pictures': 'Also tests PNG files, each as a periodic cell.',
  'refine optimization': 'The best designs of each arm go on as starts of topology optimizations.',
  'from noise': 'Filtered noise, another one for each start.',
  'from cosines': 'Sums of random cosines, another one for each start.',
  'from disc': 'A soft hole in the middle: one start.',
  'from frame': 'A square frame: one start.',
  'from laminates': 'Laminates of laminates, a thick wall and thin rows across it: cells of two scales, another one for each start.',
  'from images': 'The best images of the database.',
  'symmetry square': 'Of the square: both mirror lines and the exchange of x and y. Both directions are equal.',
  'symmetry mirror': 'Of both mirror lines, as mirrored designs have it.',
  'symmetry transpose': 'Of the exchange of x and y alone. Both directions are equal.',
  'symmetry none': 'No symmetry.',
  'plane stress': 'A thin sheet.',
  'plane strain': 'A long block whose ends are fixed.',
  'layer last': 'The last convolution.',
  'layer stage-1': 'The stage before the last.',
  'layer stage-2': 'Two stages before the last.',
  'layer stage-3': 'Three stages before the last; `compact` has none.',
};
