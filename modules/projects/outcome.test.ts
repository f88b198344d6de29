import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { z } from 'zod';
import { type Actor, system, visitor } from '#platform/actor.ts';
import { newId } from '#platform/ids.ts';
import type { Query } from '#platform/query.ts';
import { type Delivery, makeDelivery, refused } from '#tests/delivery.ts';
import { findingsOf } from '#tests/witness.ts';
import * as projects from './index.ts';

let stage: Delivery;
before(async () => {
  stage = await makeDelivery(['扶手']);
});
after(() => stage.town.close());

const act: Delivery['act'] = (...more) => stage.act(...more);
const see: Delivery['see'] = (...more) => stage.see(...more);
const show: Delivery['show'] = (id) => stage.show(id);

describe('those it serves', () => {
  it('answer once each, verified or named at a visit; what anybody answered is kept nowhere', async () => {
    const id = await stage.running();
    const answer = (actor: Actor, score: number) =>
      act(actor, projects.answer_outcome, { id, nonce: newId(), scores: [score] });
    await assert.rejects(answer(stage.town.people.neighbour, 5), refused('not_served'));
    await assert.rejects(answer(stage.organisation, 5), refused('own_project'));
    await assert.rejects(answer(visitor, 5), refused('not_found'));
    await assert.rejects(
      act(stage.voters[0]!, projects.answer_outcome, { id, nonce: newId(), scores: [] }),
      refused('answer_missing'),
    );
    const name = { id, person_id: stage.town.people.neighbour.id };
    await assert.rejects(act(stage.voters[0]!, projects.name_beneficiary, name), refused('not_found'));
    await assert.rejects(act(stage.organisation, projects.name_beneficiary, name), refused('not_found'));
    await act(stage.town.people.east_worker, projects.name_beneficiary, name);
    await answer(stage.town.people.neighbour, 5);
    const helped = { ...stage.town.people.desk, on_behalf_of_id: stage.voters[0]!.id };
    await answer(helped, 4);
    const relative = { ...stage.voters[1]!, on_behalf_of_id: stage.voters[2]!.id };
    await assert.rejects(answer(relative, 4), refused('answer_yourself'));
    const tries = await Promise.allSettled(
      stage.voters.flatMap((who) => [answer(who, 5), answer(who, 1), answer(who, 3)]),
    );
    assert.equal(tries.filter((one) => one.status === 'fulfilled').length, stage.voters.length - 1);
    assert.deepEqual(await see(system, wrong, {}), []);
    assert.equal((await show(id)).outcome.answers, null, 'nobody watches answers come in');
    await act(stage.town.people.secretary, projects.stop_project, { id, reason: '够了' });
    const [shown] = (await show(id)).outcome.answers!;
    assert.equal(shown!.answers, stage.voters.length + 1);
    await assert.rejects(answer(stage.voters[3]!, 5), refused('project_step_impossible'));
  });
});

const wrong: Query<object, object[]> = {
  ...{ name: 'test.wrong_rolls', reads: 'nobody', input: z.object({}) },
  run: (ctx) => projects.wrongRolls(ctx),
};

it('its rows are what its facts say', async () =>
  assert.deepEqual(await findingsOf(stage.town, projects.projectWitness), []));
