import assert from 'node:assert/strict';
import { it } from 'node:test';
import { findNearDuplicates, fitPairs, labelledPairs, pairProbability } from './near_duplicates.ts';
import { numbersOf } from './numbers.ts';

const at = new Date('2026-11-23T10:00:00+08:00');
const told = (text: string, metres = 0, hours = 0) => ({
  text,
  latitude: 40 + metres / 111_195,
  longitude: 116.3,
  told_at: new Date(at.getTime() + hours * 3_600_000),
});
const chance = (a: string, b: string, metres = 0, hours = 0) =>
  findNearDuplicates(told(a), [told(b, metres, hours)], { at_least: 0 })[0]!.probability;

it('reads numbers that name places, in both languages', () => {
  const table: [text: string, numbers: Record<string, string>][] = [
    ['三号楼二单元5层', { building: '3', entrance: '2', floor: '5' }],
    ['3号楼的电梯', { building: '3' }],
    ['十二楼按不动', { floor: '12' }],
    ['东门路灯', { side: '东' }],
    ['building five, entrance 2', { building: '5', entrance: '2' }],
    ['building site', {}],
    ['602的邻居', { flat: '602' }],
  ];
  for (const [text, numbers] of table) assert.deepEqual(Object.fromEntries(numbersOf(text)), numbers, text);
});

it('holds the same words for one matter only near by and soon after', () => {
  assert.ok(chance('电梯坏了', '电梯又停了', 5, 2) > 0.8);
  assert.ok(chance('电梯坏了', '电梯又停了', 900, 2) < 0.3);
  assert.ok(chance('电梯坏了', '电梯又停了', 5, 4000) < 0.3);
  assert.ok(chance('3号楼电梯坏了', '5号楼电梯坏了', 30, 2) < 0.3);
  assert.ok(chance('The lift is stuck', '电梯停了', 5, 2) > 0.7);
});

it('knows matters the list has no word for by their wording', () => {
  assert.ok(chance('石板上青苔很厚', '石板上青苔很厚') > 0.8);
  assert.ok(chance('石板上青苔很厚', '想学古筝') < 0.1);
});

it('gives the likeliest first and no more than asked for', () => {
  const needs = [told('想参加合唱团'), told('楼道灯坏了', 3), told('路灯不亮', 8), told('楼道里的灯不亮', 3)];
  const found = findNearDuplicates(told('楼道的灯灭了'), needs, { limit: 2, at_least: 0 });
  assert.equal(found.length, 2);
  assert.ok(found[0]!.probability >= found[1]!.probability);
  assert.ok(found.every(({ need }) => need === needs[1] || need === needs[3]));
});

it('finds pairs labelled by hand that it was not fitted to', () => {
  const pairs = labelledPairs();
  assert.ok(pairs.length >= 300);
  const count = { found: 0, right: 0, wanted: 0 };
  for (let part = 0; part < 5; part++) {
    const model = fitPairs(pairs.filter((_, row) => row % 5 !== part));
    for (const pair of pairs.filter((_, row) => row % 5 === part)) {
      const isFound = pairProbability(model, pair) >= 0.5;
      if (isFound) count.found++;
      if (isFound && pair.is_same) count.right++;
      if (pair.is_same) count.wanted++;
    }
  }
  const [precision, recall] = [count.right / count.found, count.right / count.wanted];
  assert.ok(precision >= 0.85 && recall >= 0.88, `precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`);
});
