import assert from 'node:assert/strict';
import { it } from 'node:test';
import { sealOfVoter } from './ballot.ts';
import { projectsBy, sealOfAnswers, sealOfServed } from './project_history.ts';

const fact = (kind: string, data: Record<string, unknown> = {}, at = 1) => ({
  ...{ kind: `project.${kind}`, at, data, actor_id: 'actor', on_behalf_of_id: null, subject_id: 'p' },
});

it('a project drafted before facts named its milestones is not held to them', () => {
  const facts = [
    fact('chosen', { proposal_id: 'x', budget_fen: 1 }),
    fact('agreement_drafted', { organisation_id: 'o', agreement_version: 1 }),
    fact('milestone_shown', { milestone_id: 'm' }),
    fact('milestone_accepted', { milestone_id: 'm' }),
  ];
  const before = projectsBy(facts);
  assert.deepEqual([...before.untold.project_milestones], ['p']);
  assert.equal(before.project_milestones.size, 0);
  assert.equal(before.projects.get('p')!.agreement_sha256, undefined);
  const milestones = [{ id: 'm', due_on: '2026-04-01', tranche_fen: 5, seal: 's' }];
  const after = projectsBy([...facts.slice(0, 2), fact('agreement_drafted', { milestones }), ...facts.slice(2)]);
  assert.equal(after.untold.project_milestones.size, 0);
  assert.equal(after.project_milestones.get('m')!.state, 'accepted');
});

const keys = (byte: number) => ({ sealing: [], fingerprint: Buffer.alloc(32, byte) });

for (const seal of [sealOfVoter, sealOfServed])
  it(`${seal.name} is of one person in one thing, and nobody who knows both ids makes it without the key`, () => {
    assert.equal(seal(keys(1), 'p', 'a'), seal(keys(1), 'p', 'a'));
    const others = [seal(keys(2), 'p', 'a'), seal(keys(1), 'q', 'a'), seal(keys(1), 'p', 'b')];
    assert.ok(!others.includes(seal(keys(1), 'p', 'a')));
  });

it('the seal of answers says nothing without the key, and does not depend on their order', () => {
  const counts = [
    [1, 5, 3],
    [1, 4, 2],
  ];
  assert.equal(sealOfAnswers(keys(1), 'p', counts), sealOfAnswers(keys(1), 'p', counts.toReversed()));
  assert.notEqual(sealOfAnswers(keys(1), 'p', counts), sealOfAnswers(keys(2), 'p', counts));
  assert.notEqual(sealOfAnswers(keys(1), 'p', counts), sealOfAnswers(keys(1), 'q', counts));
});
