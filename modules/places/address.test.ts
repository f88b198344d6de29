import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseAddress, readNumber, searchKeyOf } from './address.ts';

describe('loose words for a door', () => {
  const table: [text: string, read: ReturnType<typeof parseAddress>][] = [
    ['3栋2单元501', { words: '', building: '3', unit: 2, door: '501' }],
    ['荷塘里3栋2单元501室', { words: '荷塘里', building: '3', unit: 2, door: '501' }],
    ['3-2-501', { words: '', building: '3', unit: 2, door: '501' }],
    ['荷塘里 3－2－501', { words: '荷塘里', building: '3', unit: 2, door: '501' }],
    ['三号楼二单元', { words: '', building: '3', unit: 2 }],
    ['十二栋', { words: '', building: '12' }],
    ['3-501', { words: '', building: '3', door: '501' }],
    ['Bldg 3 Unit 2 #501', { words: '', building: '3', unit: 2, door: '501' }],
    ['Lotus Lane building 12', { words: 'lotus lane', building: '12' }],
    ['htl 3号楼', { words: 'htl', building: '3' }],
    ['菜市场门口', { words: '菜市场门口' }],
    ['３栋２单元５０１', { words: '', building: '3', unit: 2, door: '501' }],
  ];
  for (const [text, read] of table) it(text, () => assert.deepEqual(parseAddress(text), read));

  it('never hangs or breaks, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 300 }),
        (text) => typeof parseAddress(text).words === 'string',
      ),
      { numRuns: 500 },
    );
  });
});

it('reads Chinese numerals', () => {
  assert.deepEqual(['十', '十二', '二十', '三', '五零一', '007'].map(readNumber), ['10', '12', '20', '3', '501', '7']);
});

it('makes a building findable by the initials of its name', () => {
  assert.match(searchKeyOf(['荷塘里3栋', 'Lotus Lane 3']), /荷塘里3栋.*htl3d.*lotus lane 3/);
});
