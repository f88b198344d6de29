import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { belongsTo, CATEGORIES, coverageOf, type ReachTable } from './index.ts';

const source = fileURLToPath(new URL('../../../shared/data/circle/categories.md', import.meta.url));
const keysOf = (tags: Record<string, string>) =>
  CATEGORIES.filter((category) => belongsTo(tags, category)).map(({ key }) => key);

describe('what belongs to a category', () => {
  const table: [tags: Record<string, string>, keys: string[]][] = [
    [{ amenity: 'kindergarten' }, ['kindergarten']],
    [{ amenity: 'school', name: '清华附小学部 小学' }, ['primary_school']],
    [{ amenity: 'school', 'isced:level': '1;2' }, ['primary_school', 'secondary_school']],
    [{ amenity: 'school', name: '驾校' }, []],
    [{ amenity: 'social_facility', social_facility: 'day_care', 'social_facility:for': 'senior' }, ['elder_day_care']],
    [{ amenity: 'restaurant', name: '学一食堂' }, []],
    [{ amenity: 'food_court', name: '社区食堂' }, ['canteen']],
    [{ amenity: 'clinic', name: '五道口社区卫生服务中心' }, ['health_station', 'health_centre']],
    [{ leisure: 'garden', access: 'private' }, []],
    [{ leisure: 'garden' }, ['green']],
    [{ amenity: 'toilets', access: 'private' }, []],
    [{ amenity: 'toilets' }, ['toilet']],
    [{ highway: 'bus_stop' }, ['bus_stop']],
  ];
  for (const [tags, keys] of table) it(JSON.stringify(tags), () => assert.deepEqual(keysOf(tags), keys));

  it('has as many categories as the source has rows', { skip: !existsSync(source) && 'the source is not here' }, () => {
    const text = readFileSync(source, 'utf8').split('### Default categories')[1]!.split('### Scores')[0]!;
    const rows = text.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| key'));
    assert.equal(CATEGORIES.length, rows.length);
  });
});

describe('coverage', () => {
  const only = (...keys: string[]) => CATEGORIES.filter(({ key }) => keys.includes(key));
  const row = (...metres: number[]) => ({
    facility: metres.map(() => 'n1'),
    metres: Float64Array.from(metres),
    steps_metres: new Float64Array(metres.length),
  });
  // Canteen 300 m for elders, pharmacy 500 m for everyone; three buildings.
  const table: ReachTable = {
    categories: only('canteen', 'pharmacy'),
    rows: [row(300, 301, Infinity), row(100, 400, 700)],
  };
  const people = [
    { id: 'a', people: { adult: 50, elder: 9, frail: 1 } },
    { id: 'b', people: { adult: 10, elder: 5 } },
    { id: 'c', people: { elder: 1, frail: 4 } },
  ];
  const { categories, buildings } = coverageOf(table, people);

  it('counts people of the group within the threshold, not buildings', () => {
    const [canteen, pharmacy] = categories;
    assert.deepEqual([canteen!.people, canteen!.covered, canteen!.gap, canteen!.share], [20, 10, 10, 0.5]);
    assert.deepEqual([pharmacy!.people, pharmacy!.covered, pharmacy!.buildings_covered], [80, 75, 2]);
    assert.deepEqual(canteen!.by_band, [
      { band: 'elder', people: 15, covered: 9 },
      { band: 'frail', people: 5, covered: 1 },
    ]);
  });
  it('lists every building beyond the threshold, also the one from which no way leads', () =>
    assert.deepEqual(categories[0]!.gaps, [
      { building: 'c', metres: null, people: 5 },
      { building: 'b', metres: 301, people: 5 },
    ]));
  it('tells half and nine tenths of the people, weighed by people', () =>
    assert.deepEqual(
      [categories[0]!.median_metres, categories[0]!.p90_metres, categories[1]!.p90_metres],
      [300, null, 400],
    ));
  it('puts the least complete building first', () => {
    assert.deepEqual(
      buildings.map(({ building, share, five_minutes, ten_minutes }) => [building, share, five_minutes, ten_minutes]),
      [
        ['c', 0, 0, 0],
        ['b', 0.5, 0, 0.5],
        ['a', 1, 1, 1],
      ],
    );
    assert.deepEqual(buildings[0]!.missing, ['canteen', 'pharmacy']);
  });
  it('says nothing of a group that nobody belongs to', () =>
    assert.equal(coverageOf(table, [{ id: 'a', people: { adult: 1 } }]).categories[0]!.share, null));
});
