import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import type { Actor } from '../actor.ts';
import { perform } from '../command.ts';
import { ask } from '../query.ts';
import type { Refusal } from '../refusal.ts';
import {
  export_pack,
  import_pack,
  KINDS,
  list_terms,
  PACK_FORMAT,
  reset_term,
  show_term_history,
  type Term,
  write_term,
} from './index.ts';
import { mergeTerms } from './term.ts';

let town: Neighbourhood;
before(async () => {
  town = await makeNeighbourhood();
});
after(() => town.close());

const caller = (actor: Actor) => ({ actor, community: town.community, via: 'page' });
const write = (input: object, actor = town.people.administrator) =>
  perform(town.environment, caller(actor), write_term, input);
const terms = (kind: string) => ask(town.environment, caller(town.people.resident), list_terms, { kind });
const find = async (kind: string, code: string) => (await terms(kind)).find((term) => term.code === code);
const words = (zh: string, en: string) => ({ 'zh-CN': zh, en });
const texts = { names: words('乔迁新居', 'Just moved in'), descriptions: words('来认认门', 'Say hello') };

describe('the default pack', () => {
  it('names every term once, in both languages, with data that its kind lets through', () => {
    for (const kind of KINDS) {
      const codes = kind.terms.map((term) => term.code);
      assert.equal(new Set(codes).size, codes.length, kind.kind);
      const fields = kind.fields.map((field) => field.code);
      for (const { code, names, descriptions, data } of kind.terms) {
        for (const text of [...Object.values(names), ...Object.values(descriptions)])
          assert.ok(text, `${kind.kind}/${code}`);
        assert.deepEqual(
          Object.keys(data ?? {}).filter((name) => !fields.includes(name)),
          [],
        );
      }
    }
  });
  it('says which of its terms are ours', async () => {
    assert.equal((await terms('occasion')).length, 6);
    assert.ok((await terms('occasion')).every((term) => term.is_ours && term.is_default));
    assert.equal((await find('programme', 'six_knocks'))!.is_ours, false);
  });
});

describe('laying changes over a pack', () => {
  const kind = KINDS.find((one) => one.kind === 'three_at')!;
  const change = { kind: 'three_at', version: 1, is_reset: false, data: {}, is_used: true, ...texts };
  const table: [what: string, changes: object[], codes: string[], isDefault: boolean][] = [
    ['no change', [], ['at_hand', 'at_work', 'at_the_door'], true],
    ['a new name', [{ ...change, code: 'at_hand' }], ['at_hand', 'at_work', 'at_the_door'], false],
    [
      'a reset',
      [{ ...change, code: 'at_hand', is_reset: true, names: null }],
      ['at_hand', 'at_work', 'at_the_door'],
      true,
    ],
    [
      'terms of one’s own',
      [
        { ...change, code: 'z' },
        { ...change, code: 'b' },
      ],
      ['at_hand', 'at_work', 'at_the_door', 'b', 'z'],
      true,
    ],
    ['one of them taken out', [{ ...change, code: 'z', is_reset: true }], ['at_hand', 'at_work', 'at_the_door'], true],
  ];
  for (const [what, changes, codes, isDefault] of table)
    it(what, () => {
      const merged = mergeTerms(kind, changes as never);
      assert.deepEqual(
        merged.map((term: Term) => term.code),
        codes,
      );
      assert.equal(merged[0]!.is_default, isDefault);
    });
});

describe('an administrator', () => {
  it('says what a term is called here: at once, and the old name stays in the history', async () => {
    const key = { kind: 'occasion', code: 'newly_moved_in' };
    await write({ ...key, ...texts, data: { within_days: 3, every_days: 0 }, expected_version: 0 });
    const term = (await find('occasion', 'newly_moved_in'))!;
    assert.deepEqual(
      [term.names.en, term.data.within_days, term.is_ours, term.version],
      ['Just moved in', 3, false, 1],
    );
    await assert.rejects(write({ ...key, ...texts, expected_version: 0 }), { code: 'stale' });
    const admin = caller(town.people.administrator);
    await perform(town.environment, admin, reset_term, { ...key, expected_version: 1 });
    assert.equal((await find('occasion', 'newly_moved_in'))!.names['zh-CN'], '新搬来的');
    const history = await ask(town.environment, admin, show_term_history, key);
    assert.deepEqual(
      history.map((one) => [one.version, one.is_reset, one.names?.en ?? null]),
      [
        [2, true, null],
        [1, false, 'Just moved in'],
      ],
    );
  });

  it('adds an occasion, takes it out and adds it again', async () => {
    const key = { kind: 'occasion', code: 'first_school_day' };
    await write({ ...key, ...texts, expected_version: 0 });
    const admin = caller(town.people.administrator);
    await perform(town.environment, admin, reset_term, { ...key, expected_version: 1 });
    assert.equal(await find('occasion', 'first_school_day'), undefined);
    await write({ ...key, ...texts, expected_version: 0 });
    assert.equal((await find('occasion', 'first_school_day'))!.version, 3);
  });

  it('is told what cannot be', async () => {
    const table: [input: object, code: string][] = [
      [{ kind: 'occasion', code: 'hardship', is_new: true }, 'there_already'],
      [{ kind: 'weather', code: 'rain' }, 'term_kind_unknown'],
      [{ kind: 'role', code: 'king' }, 'term_kind_closed'],
      [{ kind: 'role', code: 'handler', is_used: false }, 'term_needed'],
      [{ kind: 'occasion', code: 'hardship', data: { within_days: 'soon' } }, 'invalid_input'],
      [{ kind: 'occasion', code: 'hardship', data: { colour: 3 } }, 'invalid_input'],
      [{ kind: 'occasion', code: 'Hardship!' }, 'invalid_input'],
      [{ kind: 'occasion', code: 'hardship', names: words('', 'x') }, 'required'],
    ];
    for (const [input, code] of table)
      await assert.rejects(write({ ...texts, ...input, expected_version: 0 }), { code });
  });

  it('is the only one who may, and two at once do not overwrite each other', async () => {
    const input = { kind: 'criterion', code: 'culture', ...texts, expected_version: 0 };
    for (const actor of [town.people.resident, town.people.desk, town.people.secretary])
      await assert.rejects(write(input, actor), { code: 'not_found' });
    const both = await Promise.allSettled([write(input), write({ ...input, names: words('热闹', 'Busy') })]);
    assert.deepEqual(both.map((one) => one.status).sort(), ['fulfilled', 'rejected']);
    const lost = both.find((one) => one.status === 'rejected') as PromiseRejectedResult;
    assert.equal((lost.reason as Refusal).code, 'stale');
  });
});

describe('a pack', () => {
  it('taken out and brought in again changes nothing; one changed term changes one', async () => {
    const admin = caller(town.people.administrator);
    const pack = JSON.parse(JSON.stringify(await ask(town.environment, admin, export_pack, {})));
    assert.equal((await perform(town.environment, admin, import_pack, pack)).changed, 0);
    pack.terms[0].names.en = 'Knocks';
    assert.equal((await perform(town.environment, admin, import_pack, pack)).changed, 1);
  });
  it('is brought in whole or not at all, and each wrong term is named', async () => {
    const admin = caller(town.people.administrator);
    const good = { kind: 'three_at', code: 'at_hand', ...texts };
    const pack = { format: PACK_FORMAT, terms: [good, { ...good, kind: 'weather' }, { ...good, kind: 'role' }] };
    await assert.rejects(perform(town.environment, admin, import_pack, pack), (error: Refusal) => {
      assert.deepEqual(
        [error, ...error.also].map((one) => [one.code, one.where?.line]),
        [
          ['term_kind_unknown', 2],
          ['term_kind_closed', 3],
        ],
      );
      return true;
    });
    assert.equal((await find('three_at', 'at_hand'))!.is_default, true);
  });
});
