import { describe, expect, test } from 'vitest';
import { variantName } from '#domain/study';
import { entries, type BlockName } from '#language/entries/entries';
import { settingKeywords, settingName, targetOf } from '#language/entries/settings';
import { XDesignGrammar } from '#language/generated/grammar';
import { GrammarAST, AstUtils } from 'langium';
import type { StudySpecification } from '#language/specification/specification';
import { readText } from './read-fixture';

const around = `material Boron { young 379.3 GPa  poisson 0.3 }
material Aluminum { young 68.3 GPa  poisson 0.3 }
`;
const families = { particles: '', fibers: '', cells: '', spinodal: '' };

/** A file whose blocks have the given entries; the case is named `name`. */
function fileWith(blocks: Readonly<Record<string, string>>, name: string, words: Readonly<Record<string, string>> = {}): string {
  const inBlock = (block: string): string => `{ ${blocks[block] ?? ''} }`;
  // A database of files has no families.
  const isOfFiles = (blocks['database'] ?? '').includes('images');
  const database = isOfFiles ? '' : Object.keys(families).map((family) => `${family} 25% ${inBlock(family)}`).join(' ');
  const given = blocks['database'] ?? '';
  const required = isOfFiles ? '' : [...(given.includes('size') ? [] : ['size 800']), ...(given.includes('fraction') ? [] : ['fraction 0.38 .. 0.41'])].join(' ');
  return `${around}database Images { ${required} ${given} ${database} }
case Other { white Boron  black Aluminum  from Images  maximize E along x, y  learn ${words['network'] ?? 'compact'} }
case ${name} { white Boron  black Aluminum  from Images  maximize E along x, y  compare control
  learn ${words['network'] ?? 'compact'} ${inBlock('learn')}  explain ${words['method'] ?? 'gradram'} ${inBlock('explain')}  construct ${words['construct'] ?? 'mirror'} ${inBlock('construct')}
  refine optimization ${inBlock('refine')}  compare optimization ${inBlock('compare')} }
`;
}

function studyOf(text: string): StudySpecification {
  const { specification, findings } = readText(text);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  return specification!.studies[0]!;
}

/** The case `C` of a file, without the places of what it names. */
function caseOf(text: string): unknown {
  const { specification, findings } = readText(text);
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  return plain(specification!.cases.find((each) => each.case.name === 'C')!.case);
}

function plain(value: object): unknown {
  return JSON.parse(JSON.stringify(value, (key, each: unknown) => (key === 'place' ? undefined : each)));
}

/** A setting with two values, and the entry that says each of them. */
type Row = readonly [block: BlockName, setting: string, values: readonly [string, string], entry?: (value: string) => string];
const settings: readonly Row[] = [
  ['database', 'size', ['700', '900']],
  ['database', 'resolution', ['64', '256']],
  ['database', 'seed', ['1', '2']],
  ['database', 'fraction', ['0.30 .. 0.35', '0.35 .. 0.40']],
  ['database', 'images', ['"a/*.png"', '"b/*.png"']],
  ['database', 'fit', ['crop', 'resample'], (value) => `images "a.png"  fit ${value}`],
  ['database', 'stride', ['32', '64'], (value) => `images "a.png"  fit tile  stride ${value}`],
  ['database', 'tiles', ['50', '100'], (value) => `images "a.png"  fit tile  tiles ${value}`],
  ['database', 'speckles', ['2', '5'], (value) => `images "a.png"  speckles ${value}`],
  ['database', 'periodic', ['yes', 'no'], (value) => `images "a.png"  periodic ${value}`],
  ['particles', 'radius', ['0.02 .. 0.04', '3%']],
  ['particles', 'aspect', ['1', '1 .. 3']],
  ['particles', 'particles orientation', ['0 .. 90 deg', '0 .. 1 rad'], (value) => `orientation ${value}`],
  ['particles', 'particles overlap', ['allowed', 'avoided'], (value) => `overlap ${value}`],
  ['fibers', 'length', ['0.2 .. 0.3', '0.3 .. 0.4']],
  ['fibers', 'width', ['2%', '0.03']],
  ['fibers', 'fibers orientation', ['0 .. 45 deg', '90 deg'], (value) => `orientation ${value}`],
  ['fibers', 'fibers overlap', ['allowed', 'avoided'], (value) => `overlap ${value}`],
  ['cells', 'kind', ['network', 'porous']],
  ['cells', 'count', ['20 .. 30', '40']],
  ['spinodal', 'density', ['ring', 'anisotropic']],
  ['spinodal', 'wavenumber', ['4 .. 6', '8']],
  ['spinodal', 'bandwidth', ['0.1', '0.2 .. 0.3']],
  ['spinodal', 'synthesis', ['noise', 'waves']],
  ['spinodal', 'waves', ['100', '200']],
  ['learn', 'epochs', ['8', '16']],
  ['learn', 'batch', ['32', '64']],
  ['learn', 'rate', ['1e-3', '0.01']],
  ['learn', 'optimizer', ['adam', 'adamw']],
  ['learn', 'weight-decay', ['0', '0.1']],
  ['learn', 'schedule', ['constant', 'decay']],
  ['learn', 'directions', ['shared', 'separate']],
  ['learn', 'augment', ['none', 'shifts']],
  ['learn', 'holdout', ['10%', '0.2']],
  ['learn', 'validation', ['0%', '5%']],
  ['learn', 'patience', ['3', '5']],
  ['learn', 'properties', ['E', 'poisson']],
  ['learn', 'weights', ['"a.safetensors"', '"b/c.safetensors"']],
  ['learn', 'backend', ['node', 'wasm']],
  ['explain', 'outliers', ['5%', '10%'], (value) => `outliers top ${value}`],
  ['explain', 'threshold', ['0.3', '50%']],
  ['explain', 'layer', ['last', 'layer2.1.conv1']],
  ['explain', 'intersect', ['binarized', 'normalized']],
  ['explain', 'edge', ['16', '24']],
  ['explain', 'squares', ['1', '3']],
  ['explain', 'contribution', ['total', 'arrangement']],
  ['construct', 'mask', ['square', 'region']],
  ['construct', 'prune', ['0', '8']],
  ['construct', 'patch', ['8', '16']],
  ['construct', 'thinning', ['guo-hall', 'zhang-suen']],
  ['construct', 'norm', ['2', '3']],
  ['construct', 'axes', ['four', 'two']],
  ['refine', 'best', ['4', '8']],
  ['refine', 'filter', ['2.5', '5']],
  ['refine', 'symmetry', ['square', 'mirror']],
  ['compare', 'starts', ['4', '8']],
  ['compare', 'compare from', ['noise', '"cells/mine.png"'], (value) => `from ${value}`],
];

describe('a variant is the case with its values written out, but for its name', () => {
  test.each(settings.map((row) => ({ name: row[1], row })))('$name', ({ row: [block, setting, values, entry = (value) => `${setting} ${value}`] }) => {
    // Some values need another entry.
    const others = { patience: 'schedule decay', 'compare from': 'starts 1' }[setting] ?? '';
    const words: Readonly<Record<string, string>> = ['edge', 'squares', 'contribution'].includes(setting) ? { method: 'exact' } : {};
    const isRequired = ['size', 'fraction'].includes(setting) || entry(values[0]).includes('images');
    // The case has the entry or leaves it out.
    for (const given of [entry(values[1]), ...(isRequired ? [] : [''])]) {
      const { variants } = studyOf(`${fileWith({ [block]: `${given} ${others}` }, 'C', words)} study S of C { ${setting} ${values.join(', ')} }`);
      expect(variants).toHaveLength(2);
      variants.forEach((variant, index) => {
        const { name, ...read } = plain(variant.case) as { readonly name: string };
        const { name: own, ...written } = caseOf(fileWith({ [block]: `${entry(values[index]!)} ${others}` }, 'C', words)) as { readonly name: string };
        expect(own).toBe('C');
        expect(read).toEqual(written);
        expect(name).toBe(variantName({ study: 'S', settings: variant.variant!.settings }));
        expect(variant.variant).toMatchObject({ study: 'S', case: 'C' });
      });
    }
  });

  test.each([['network', 'compact', 'resnet18'], ['method', 'hirescam', 'layercam'], ['construct', 'mirror', 'graph']])('%s %s, %s', (setting, ...words) => {
    const { variants } = studyOf(`${fileWith({ learn: 'epochs 5', explain: 'threshold 0.4', construct: 'patch 8' }, 'C')} study S of C { ${setting} ${words.join(', ')} }`);
    variants.forEach((variant, index) => {
      const written = caseOf(fileWith({ learn: 'epochs 5', explain: 'threshold 0.4', construct: 'patch 8' }, 'C', { [setting]: words[index]! }));
      expect({ ...(plain(variant.case) as object), name: '' }).toEqual({ ...(written as object), name: '', ...(setting === 'network' && { start: { kind: 'random' } }) });
    });
  });

  test('transfer from another case', () => {
    const [first] = studyOf(`${fileWith({}, 'C')} study S of C { transfer from Other, C }`).variants;
    expect({ ...(plain(first!.case) as object), name: 'C' }).toEqual(caseOf(fileWith({ learn: 'transfer from Other' }, 'C')));
  });

  test('blocks that the case leaves out are there in the variant', () => {
    const short = (entries: string): string => `${around}database Images { size 800  fraction 0.38 .. 0.41  cells 100% }
      case C { white Boron  black Aluminum  from Images  minimize E along x, y  ${entries} }`;
    const { variants } = studyOf(`${short('')} study S of C { outliers 5%, 10%  epochs 4  patch 8  construct graph  network resnet18 }`);
    expect({ ...(plain(variants[0]!.case) as object), name: 'C' }).toEqual(caseOf(short('explain gradram { outliers bottom 5% }  learn resnet18 { epochs 4 }  construct graph { patch 8 }')));
  });

  test('a filter is that of all optimizations, whichever block has it', () => {
    const written = caseOf(fileWith({ refine: 'filter 3' }, 'C'));
    for (const blocks of [{ refine: 'filter 5', compare: 'filter 5' }, { compare: 'filter 5' }, {}] as const) {
      const [first] = studyOf(`${fileWith(blocks, 'C')} study S of C { filter 3, 4 }`).variants;
      expect({ ...(plain(first!.case) as object), name: 'C' }).toEqual(written);
    }
  });

  test('the case and what else uses its database stay as they are', () => {
    const [other, base] = readText(`${fileWith({}, 'C')} study S of C { seed 8, 9  size 500, 600  fibers overlap avoided }`).specification!.cases;
    expect(base!.case.database).toEqual(other!.case.database);
    expect(base!.case.database).toMatchObject({ seed: 1, size: 800, fibers: { overlap: 'allowed' } });
  });
});

test('every entry of every block can be varied, and every setting is one of them', () => {
  const rules = ['NumberSetting', 'RangeSetting', 'ChoiceSetting', 'SourceSetting', 'PathSetting', 'TransferSetting'];
  const tried = new Set([...settings.map(([, setting]) => setting), 'network', 'method', 'construct', 'transfer']);
  const assigned = rules.flatMap((name) => AstUtils.streamAllContents(XDesignGrammar().rules.find((rule) => rule.name === name)!)
    .filter(GrammarAST.isAssignment).filter(({ feature }) => feature === 'key')
    .flatMap((key) => [key.terminal, ...AstUtils.streamAllContents(key.terminal)].filter(GrammarAST.isKeyword).map(({ value }) => value)).toArray());
  for (const key of assigned) expect([...tried].some((each) => each === key || each.endsWith(` ${key}`)), key).toBe(true);
  const targets = [...tried].map((setting) => targetOf(setting.includes(' ') ? { block: setting.split(' ')[0]!, key: setting.split(' ')[1]! } : { key: setting }));
  for (const [block, described] of Object.entries(entries)) {
    if (block === 'material' || block === 'labels') continue;
    const shared = block === 'compare' ? ['filter', 'symmetry'] : block === 'database' ? ['white', 'labels'] : [];
    for (const key of Object.keys(described)) expect(targets.some((target) => target?.block === block && target.key === key) || shared.includes(key), `${block} ${key}`).toBe(true);
  }
  expect(settingName({ key: 'overlap', block: 'fibers' })).toBe('fibers overlap');
  expect([...new Set([...tried].map((setting) => setting.split(' ')[0]!))].toSorted()).toEqual([...settingKeywords].toSorted());
});

describe('numbers', () => {
  const valuesOf = (setting: string) => studyOf(`${fileWith({}, 'C')} study S of C { ${setting} }`).settings[0].values;

  test('are the decimal numbers that a row is written with, and have their values in SI', () => {
    expect(valuesOf('threshold 0.3 .. 0.9 by 0.1').map(({ number }) => number)).toEqual([0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
    expect(valuesOf('holdout 5% .. 20% by 5%')).toEqual([5, 10, 15, 20].map((percent) => ({ text: `${percent}%`, number: percent / 100 })));
    expect(valuesOf('rate 1e-4 .. 5e-4 by 1e-4').map(({ text }) => text)).toEqual(['0.0001', '0.0002', '0.0003', '0.0004', '0.0005']);
    expect(valuesOf('seed 1 .. 4').map(({ text }) => text)).toEqual(['1', '2', '3', '4']);
    expect(valuesOf('seed 7, 1 .. 9 by 4, 0').map(({ number }) => number)).toEqual([7, 1, 5, 9, 0]);
    expect(valuesOf('filter 1.5 .. 3.00 by .5').map(({ text }) => text)).toEqual(['1.5', '2', '2.5', '3']);
  });

  test('words and ranges have their texts alone', () => {
    expect(valuesOf('fraction 0.30 .. 0.35, 35% .. 40%')).toEqual([{ text: '0.3 .. 0.35' }, { text: '35% .. 40%' }]);
    expect(valuesOf('method layercam, gradram')).toEqual([{ text: 'layercam' }, { text: 'gradram' }]);
    expect(valuesOf('compare from "a.png", noise').map(({ text }) => text)).toEqual(['"a.png"', 'noise']);
  });
});

test('variants are all combinations, the values of the last setting next to each other', () => {
  const { variants, settings: varied, place } = studyOf(`${fileWith({}, 'C')}study S of C { seed 1, 2  construct mirror, graph }`);
  expect(varied.map(({ name }) => name)).toEqual(['seed', 'construct']);
  expect(variants.map(({ variant }) => variant!.settings)).toEqual([
    { seed: '1', construct: 'mirror' }, { seed: '1', construct: 'graph' }, { seed: '2', construct: 'mirror' }, { seed: '2', construct: 'graph' },
  ]);
  expect(variants.every((variant) => variant.place === place)).toBe(true);
  expect(place.start).toEqual({ line: 7, character: 6 });
});

test('the words of studies can be names', () => {
  const { findings } = readText(`material of { young 1 GPa  poisson 0.3 } material by { young 2 GPa  poisson 0.2 }
    database method { size 800  fraction 0.38 .. 0.41  cells 100% }
    case by { white by  black of  from method  maximize E along x }
    study of of by { seed 1, 2 }`);
  expect(findings).toEqual([]);
});

test('a hundred variants are checked within a keystroke', () => {
  const text = `${fileWith({}, 'C')}study S of C { seed 1 .. 5  threshold 0.3 .. 0.6 by 0.1  size 600 .. 1000 by 100 }`;
  readText(text);
  const times = [1, 2, 3, 4, 5].map(() => {
    const start = process.cpuUsage();
    expect(readText(text).specification!.studies[0]!.variants).toHaveLength(100);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  // Milliseconds of the processor for parsing, checking and reading the whole file; measured: 25, half of them for the checks.
  expect(Math.min(...times)).toBeLessThan(100);
});
