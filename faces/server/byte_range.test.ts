import assert from 'node:assert/strict';
import { it } from 'node:test';
import { byteRange } from './byte_range.ts';

for (const [header, part] of [
  [undefined, undefined],
  ['bytes=0-1', [0, 1]],
  ['bytes=0-', [0, 99]],
  ['bytes=40-500', [40, 99]],
  ['bytes=-10', [90, 99]],
  ['bytes=-500', [0, 99]],
  ['bytes=99-', [99, 99]],
  ['bytes=100-', null],
  ['bytes=-0', null],
  ['bytes=-', undefined],
  ['bytes=9-3', undefined],
  ['bytes=0-1,4-5', undefined],
  ['lines=0-1', undefined],
  ['bytes=a-b', undefined],
] as const)
  it(`of 100 bytes, “${header}” is ${part === null ? 'nowhere' : (part?.join(' to ') ?? 'all')}`, () => {
    const found = byteRange(header, 100);
    assert.deepEqual(found && [found.from, found.to], part);
  });
