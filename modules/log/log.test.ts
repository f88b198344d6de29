import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import {
  fromBase64,
  hashLeaf,
  openHead,
  readKey,
  verifyConsistency,
  verifyInclusion,
} from '#engines/merkle_log/index.ts';
import { system, visitor } from '#platform/actor.ts';
import { command, perform } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { newId } from '#platform/ids.ts';
import { ask, query } from '#platform/query.ts';
import { SCHEMA_FILE } from '#platform/schema_dump.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { canonical, LOGGED } from './entry.ts';
import * as log from './index.ts';

let town: Neighbourhood;
before(async () => {
  town = await makeNeighbourhood({ clock: () => new Date() });
});
after(() => town.close());

const decide = command({
  name: 'test.decide',
  input: z.object({ kind: z.string(), text: z.string() }),
  async run(ctx, { kind, text }) {
    const id = ctx.newId();
    record(ctx, kind, { kind: 'motion', id }, { text, z: 1, a: [1, { y: null, b: '茶' }] });
    return { id };
  },
});
const say = (kind: string, text = 'x') =>
  perform(town.environment, { actor: town.people.secretary, community: town.community, via: 'test' }, decide, {
    kind,
    text,
  });
const see = <A>(wanted: { run: (ctx: never, input: never) => Promise<A> }, input: unknown) =>
  ask(
    town.environment,
    { actor: visitor, community: town.community, via: 'test' },
    wanted as never,
    input,
  ) as Promise<A>;
const append = () => log.appendAll(town.environment, town.community);
const sign = () => log.signOpenHead(town.environment, town.community);
const verifier = () => log.keyOf(town.environment, town.community).verifier;
const verify = (head?: string, witnesses: log.Witness[] = []) =>
  see(
    query({
      name: 'test.verify',
      reads: 'nobody',
      input: z.object({}),
      run: (ctx) => log.verifyLog(ctx, { verifier: verifier(), head, witnesses }),
    }),
    {},
  );

it('JSON is written one way only', () => {
  assert.equal(
    canonical({ b: 1, none: undefined, a: [true, null, { d: '"', c: 'é' }] }),
    '{"a":[true,null,{"c":"é","d":"\\""}],"b":1}',
  );
});

it('the index of facts to log has the words of the code', () => {
  const migrated = readFileSync(SCHEMA_FILE, 'utf8');
  assert.ok(migrated.includes(LOGGED.replaceAll('\\', '\\')), 'write a migration that makes events_to_log anew');
});

describe('the log', () => {
  it('signs nothing while there is nothing', async () => {
    await sign();
    assert.deepEqual((await see(log.show_log, {})).heads, []);
  });

  it('takes facts that are logged, and no others, in batches and once', async () => {
    await say('motion.put');
    await say('request.noted');
    assert.equal(await append(), 1);
    for (let i = 0; i < 5; i++) await say('motion.put', String(i));
    const appended = await Promise.all([append(), append(), append()]);
    assert.equal(
      appended.reduce((sum, one) => sum + one, 0),
      5,
    );
    assert.equal((await see(log.show_log, {})).size, 6);
  });

  it('proves an entry against a signed head, and that a later log is the earlier one gone on', async () => {
    const { id } = await say('motion.put', '加装电梯');
    await append();
    assert.equal((await see(log.prove_entry, { id })).head, null, 'no head covers it yet');
    await sign();
    const told = await see(log.prove_entry, { id });
    const key = readKey(verifier());
    const head = openHead(told.head!.note, key);
    const proof = told.proof.map((hash) => fromBase64(hash)!);
    const claim = {
      index: told.index,
      size: head.size,
      leaf_hash: hashLeaf(Buffer.from(told.entry)),
      root: head.root,
      proof,
    };
    assert.equal(verifyInclusion(claim), true);
    assert.equal(
      verifyInclusion({ ...claim, leaf_hash: hashLeaf(Buffer.from(told.entry.replace('电梯', '车棚'))) }),
      false,
    );
    for (let i = 0; i < 9; i++) await say('resolution.passed');
    await append();
    await sign();
    const [last] = (await see(log.show_log, { heads: 1 })).heads;
    const later = openHead(last!.note, key);
    const steps = await see(log.prove_consistency, { size1: head.size, size2: later.size });
    const consistency = { size1: head.size, size2: later.size, root1: head.root, root2: later.root };
    assert.equal(verifyConsistency({ ...consistency, proof: steps.proof.map((hash) => fromBase64(hash)!) }), true);
    assert.ok((await verify(told.head!.note)).ok, 'the head that somebody kept still holds');
  });

  it('is written and signed by the system alone, and only heads that are true', async () => {
    const caller = { actor: town.people.administrator, community: town.community, via: 'test' };
    await assert.rejects(perform(town.environment, caller, log.append_leaves, {}), { code: 'not_found' });
    const [head] = (await see(log.show_log, { heads: 1 })).heads;
    const wanted = { note: head!.note.replace(`\n${head!.size}\n`, `\n${head!.size - 1}\n`), verifier: verifier() };
    await assert.rejects(perform(town.environment, { ...caller, actor: system }, log.publish_head, wanted));
    await assert.rejects(see(log.prove_entry, { id: newId() }), { code: 'not_found' });
    await assert.rejects(see(log.prove_consistency, { size1: 1_000_000 }), { code: 'head_wrong' });
  });

  it('says that a witness could not compare when facts were changed, and hides no defect when none were', async () => {
    async function confused(): Promise<never> {
      throw new TypeError('nothing can be made of this fact');
    }
    await assert.rejects(verify(undefined, [confused]), TypeError);
    const { ok, findings } = await verify('no head', [confused]);
    assert.deepEqual(
      [ok, findings.map(({ code, table }) => [code, table])],
      [
        false,
        [
          ['head_forged', 'log_heads'],
          ['rows_not_compared', 'confused'],
        ],
      ],
    );
  });

  it('says nobody’s name or id', async () => {
    const { leaves } = await see(log.show_log, { from: 0, limit: 1000 });
    assert.ok(leaves.every(({ entry }) => !entry!.includes(town.people.secretary.id)));
  });
});
