import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { CODE_ALPHABET, CODE_LENGTH, fillIn, readCode, type Stop, unknownVariables, walkingOrder } from './letter.ts';

describe('a code', () => {
  it('is read as people type it, and nothing else is one', () => {
    for (const [typed, code] of [
      ['ABCDE FGHJK', 'ABCDEFGHJK'],
      [' abcde-fghjk ', 'ABCDEFGHJK'],
      ['ａｂｃｄｅ　ｆｇｈｊｋ', 'ABCDEFGHJK'],
      ['ABCDE FGHJ', undefined],
      ['ABCDE FGHJO', undefined],
      ['', undefined],
    ] as const)
      assert.equal(readCode(typed), code, typed);
  });

  it('however it is written comes out as itself, and no text whatever breaks the reading', () => {
    const code = fc.string({ unit: fc.constantFrom(...CODE_ALPHABET), minLength: CODE_LENGTH, maxLength: CODE_LENGTH });
    const spacing = fc.constantFrom('', ' ', '-', '　', ' - ');
    fc.assert(
      fc.property(code, spacing, fc.boolean(), (right, gap, small) => {
        const typed = [...right].join(gap);
        assert.equal(readCode(small ? typed.toLowerCase() : typed), right);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (typed) => {
        const read = readCode(typed);
        assert.ok(
          read === undefined || (read.length === CODE_LENGTH && [...read].every((one) => CODE_ALPHABET.includes(one))),
        );
      }),
    );
  });
});

describe('a letter', () => {
  it('fills in what it names, and says what it cannot', () => {
    const values = { community: '荷塘社区', address: '3栋', worker: '王芳', until: '4月' };
    assert.equal(fillIn('{address}：{worker}，{unknown}', values), '3栋：王芳，{unknown}');
    assert.deepEqual(unknownVariables('{address} {phone} {phone} {name}'), ['phone', 'name']);
  });

  it('lies in walking order: grids, nearest buildings, stairs, floors from the top', () => {
    const stop = (id: string, grid: string, longitude: number, unit: number, floor: number, door: string): Stop => ({
      ...{ id, grid, building_id: `${grid}${longitude}`, latitude: 40, longitude, unit, floor, door },
    });
    const doors = [
      stop('e', 'A', 116.35, 1, 1, '101'),
      stop('c', 'A', 116.3, 1, 1, '102'),
      stop('f', 'B', 116.1, 1, 1, '101'),
      stop('d', 'A', 116.31, 2, 9, '901'),
      stop('b', 'A', 116.3, 1, 1, '101'),
      stop('a', 'A', 116.3, 1, 10, '1001'),
    ];
    assert.deepEqual(
      walkingOrder(doors).map((one) => one.id),
      ['a', 'b', 'c', 'd', 'e', 'f'],
    );
  });
});
