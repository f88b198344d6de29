import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { packed, unpacked } from './second_copy.ts';

const binary = fc.uint8Array().map((bytes) => Uint8Array.from(bytes));
const value = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  binary,
  binary.map(({ buffer }) => buffer),
);
const plain = { noNullPrototype: true };
const sealed = fc.record({ iv: binary, bytes: value }, plain);
const row = fc.record({ id: fc.string(), one: value, sealed, many: fc.array(value) }, plain);

it('a row comes out of its file as it went in', () =>
  fc.assert(
    fc.asyncProperty(row, async (given) => {
      assert.deepEqual(unpacked(await packed(given).arrayBuffer()), given);
    }),
  ));

it('a file that was cut off holds no row', () =>
  fc.assert(
    fc.asyncProperty(row, fc.nat(), async (given, cut) => {
      const file = await packed({ ...given, last: new Uint8Array([1]) }).arrayBuffer();
      assert.equal(unpacked(file.slice(0, cut % file.byteLength)), undefined);
    }),
  ));
