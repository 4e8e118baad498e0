/* How arms and groups of starts are told apart: by words, colors and shapes that no two of a case share. */
import { expect, test } from 'vitest';
import { comparedArm, comparedArms, ownArm, refinedArm, type ArmSpec } from '#domain/arms';
import { startGroup, startSources } from '#domain/optimization';
import { designFileName, filePrefixes, looksOf } from '#display/arms';
import { groupLook, startText } from '#display/starts';

const own = ownArm('mirror');
const control: ArmSpec = { ...comparedArms.control, construct: 'mirror' };
const arms = [own, control, refinedArm(own), refinedArm(control), comparedArms.optimization];
const looks = [...looksOf(arms).values()];

test('arms from patches look the same by either construction', () => {
  const armsBy = (construct: 'mirror' | 'graph'): ArmSpec[] => [
    { name: 'explained', images: 'outliers', proposals: 'regions', construct },
    { name: 'control', images: 'outliers', proposals: 'random', construct },
  ];
  expect(looksOf(armsBy('graph'))).toEqual(looksOf(armsBy('mirror')));
  expect([...looksOf(armsBy('graph')).values()].map(({ file }) => file)).toEqual(['design', 'control']);
});

test('five arms have five colors, shapes, titles and file names', () => {
  for (const pick of ['color', 'title', 'file', 'designs', 'called', 'standsFor'] as const) expect(new Set(looks.map((look) => look[pick])).size, pick).toBe(5);
  expect(new Set(looks.map(({ shape }) => JSON.stringify(shape))).size).toBe(5);
  expect(looks.map((look) => designFileName(look, 1))).toEqual(['design-001.png', 'control-001.png', 'refined-001.png', 'control-refined-001.png', 'optimized-001.png']);
  expect(looks.map(({ designs }) => designs)).toEqual(['designs from critical regions', 'designs from random patches', 'refined designs', 'refined control designs', 'optimized cells']);
});

test('the other construction and what refines its designs have names, colors and files of their own', () => {
  for (const [own, other] of [['mirror', 'graph'], ['graph', 'mirror']] as const) {
    const compared = comparedArm(other, own);
    const arms = [ownArm(own), compared, comparedArm('control', own)];
    const looks = [...looksOf([...arms, ...arms.map(refinedArm)]).values()];
    for (const pick of ['color', 'title', 'file', 'designs', 'called', 'standsFor'] as const) expect(new Set(looks.map((look) => look[pick])).size, pick).toBe(6);
    expect(looks.map(({ file }) => file)).toEqual(['design', other, 'control', 'refined', `${other}-refined`, 'control-refined']);
    expect(looks[1]!.called).toBe(`the ${other} construction`);
  }
  expect([...filePrefixes([own])]).toEqual(expect.arrayContaining(['mirror', 'graph', 'mirror-refined', 'graph-refined']));
});

test('squares by the share of white say which ones they are, by either construction, and what refines them has its own words', () => {
  for (const [end, extreme] of [['lower', 'least'], ['upper', 'most']] as const) {
    const arms = (['mirror', 'graph'] as const).map((construct) => [ownArm(construct), comparedArm('control', construct), comparedArm('white-share', construct, end)]);
    const [mirror, graph] = arms.map((each) => looksOf([...each, ...each.map(refinedArm)]));
    expect(mirror).toEqual(graph);
    expect(mirror!.get('white-share')).toMatchObject({ one: `a square with the ${extreme} white`, designs: `designs from squares with the ${extreme} white`, standsFor: 'the share of white' });
    for (const pick of ['color', 'title', 'file', 'designs', 'called', 'standsFor'] as const) expect(new Set([...mirror!.values()].map((look) => look[pick])).size, pick).toBe(6);
  }
  expect([...filePrefixes([own])]).toEqual(expect.arrayContaining(['white-share', 'white-share-refined']));
});

test('files of arms that an earlier run had are known', () => {
  expect([...filePrefixes([own], ['center'])]).toEqual(expect.arrayContaining(['design', 'control', 'refined', 'control-refined', 'optimized', 'center']));
});

test('an arm that refines another one has words made from its name, and speaks of starts', () => {
  const look = looksOf([own, refinedArm({ name: 'center' })]).get('center-refined')!;
  expect([look.source, look.sources, look.one, look.design, look.file]).toEqual(['center refined start', 'center refined starts', 'a center refined start', 'design from a center refined start', 'center-refined']);
});

test('groups of starts look like the arm that refines them, or like their source', () => {
  expect(groupLook('explained', arms)).toEqual({ title: 'explained designs', color: looks[2]!.color, shape: looks[2]!.shape });
  expect(groupLook('control', arms)).toMatchObject({ title: 'control designs', color: looks[3]!.color });
  const groups = ['explained', 'control', ...startSources.map(startGroup)].map((name) => groupLook(name, arms));
  for (const pick of ['color', 'title'] as const) expect(new Set(groups.map((look) => look[pick])).size).toBe(groups.length);
  expect(new Set(groups.map(({ shape }) => JSON.stringify(shape))).size).toBe(groups.length);
});

test('starts count from 1, but for those that are always the same', () => {
  expect(startText({ family: 'noise', number: 0 })).toBe('noise 1');
  expect(startText({ family: 'cosines', number: 4 })).toBe('random cosines 5');
  expect(startText({ family: 'frame', number: 0 })).toBe('a frame');
  expect(['mine.png', '../cells/mine.png', 'cells\\mine.png'].map((file) => startText({ file }))).toEqual(['mine.png', 'mine.png', 'mine.png']);
});
