import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { z } from 'zod';
import { type Actor, visitor } from '#platform/actor.ts';
import { randomCode } from '#platform/crypto.ts';
import { ask } from '#platform/query.ts';
import { type Council, makeCouncil } from '#tests/council.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import * as council from './index.ts';

let town: Neighbourhood;
let body: Council;
before(async () => {
  town = await makeNeighbourhood();
  body = await makeCouncil(town);
});
after(() => town.close());

// What we hold our export against: the classes of Popolo as we read its specifications, nothing beside them.
const id = z.uuid();
const name = z.string().min(1);
const date = z.iso.date();
const instant = z.iso.datetime({ precision: 0 });
const popolo = z.strictObject({
  organizations: z.array(
    z.strictObject({
      ...{ id, name, classification: z.literal('council') },
      other_names: z.array(z.strictObject({ name, note: z.string() })),
    }),
  ),
  persons: z.array(z.strictObject({ id, name })),
  posts: z.array(z.strictObject({ id, label: name, role: z.string().regex(/^[a-z_]+$/), organization_id: id })),
  memberships: z.array(
    z.strictObject({
      ...{ id, person_id: id, organization_id: id, post_id: id, role: z.string().regex(/^[a-z_]+$/) },
      ...{ start_date: date, end_date: date.optional() },
    }),
  ),
  events: z.array(
    z.strictObject({
      ...{ id, name, classification: z.literal('meeting'), organization_id: id, location: name, status: z.string() },
      ...{ start_date: instant, end_date: instant },
    }),
  ),
  motions: z.array(
    z.strictObject({
      ...{ id, organization_id: id, creator_id: id, legislative_session_id: id, text: name },
      ...{ classification: z.enum(['motion', 'amendment']), date: instant, requirement: name },
      result: z.enum(['pass', 'fail', 'withdrawn']).optional(),
    }),
  ),
  vote_events: z.array(
    z.strictObject({
      ...{ id, motion_id: id, organization_id: id, legislative_session_id: id, start_date: instant, end_date: instant },
      ...{ classification: z.enum(['open', 'secret']), result: z.enum(['pass', 'fail']) },
      counts: z
        .array(z.strictObject({ option: z.enum(['yes', 'no', 'abstain']), value: z.int().nonnegative() }))
        .length(3),
      votes: z.array(z.strictObject({ voter_id: id, option: z.enum(['yes', 'no', 'abstain']) })),
    }),
  ),
});

it('the export keeps to Popolo, every id leads somewhere, and a secret vote has counts alone', async () => {
  const of = await body.open();
  const act: Council['act'] = (...more) => body.act(...more);
  for (const ballot of ['open', 'secret']) {
    const motion_id = await body.motion(of, { ballot });
    const { id } = await act(body.secretary, council.open_vote, { motion_id });
    for (const [i, who] of (body.everybody as Actor[]).entries()) {
      const vote = { vote_event_id: id, option: i < 6 ? 'yes' : 'abstain' };
      if (ballot === 'open') await act(who, council.cast_vote, vote);
      else await act(who, council.cast_secret_vote, { ...vote, receipt_code: randomCode(16) });
    }
    await act(body.secretary, council.close_vote, { id });
  }
  for (const language of ['zh-CN', 'en'] as const) {
    const caller = { actor: visitor, community: town.community, via: 'test' };
    const raw = await ask(town.environment, caller, council.export_popolo, { language });
    const all = popolo.parse(JSON.parse(JSON.stringify(raw)));
    const known = new Set(
      [all.organizations, all.persons, all.posts, all.events, all.motions, all.vote_events].flat().map((one) => one.id),
    );
    const named = [
      ...all.memberships.flatMap((one) => [one.person_id, one.organization_id, one.post_id]),
      ...all.motions.flatMap((one) => [one.creator_id, one.legislative_session_id]),
      ...all.vote_events.flatMap((one) => [one.motion_id, ...one.votes.map((vote) => vote.voter_id)]),
    ];
    assert.deepEqual(
      named.filter((one) => !known.has(one)),
      [],
    );
    assert.equal(all.memberships.length, 10);
    assert.deepEqual(
      all.vote_events.map((one) => [one.classification, one.votes.length, one.counts[0]!.value, one.result]),
      [
        ['open', 9, 6, 'pass'],
        ['secret', 0, 6, 'pass'],
      ],
    );
    assert.equal(all.posts[0]!.label, language === 'en' ? 'Chair' : '理事长');
  }
});
