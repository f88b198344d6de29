import assert from 'node:assert/strict';
import { it } from 'node:test';
import { differences, type Said } from './differences.ts';

const said = (rows: Record<string, Record<string, unknown>>): Said => new Map(Object.entries(rows));

it('rows are named that are changed, missing or more than their facts say', () => {
  const facts = said({ same: { a: 1, b: { x: 1, y: 2 } }, changed: { a: 1 }, missing: {} });
  const rows = said({ same: { b: { y: 2, x: 1 }, a: 1 }, changed: { a: 2 }, more: {} });
  assert.deepEqual(differences('t', facts, rows), [
    { code: 'row_changed', table: 't', id: 'changed' },
    { code: 'row_missing', table: 't', id: 'missing' },
    { code: 'row_unlogged', table: 't', id: 'more' },
  ]);
});

it('what an earlier fact did not speak of is not held against a row, but nothing said is not nothing', () => {
  const rows = said({ one: { seal: 'x', ended_at: 5 } });
  assert.deepEqual(differences('t', said({ one: { seal: undefined } }), rows), []);
  assert.equal(differences('t', said({ one: { ended_at: null } }), rows)[0]!.code, 'row_changed');
});
