import assert from 'node:assert/strict';
import { it } from 'node:test';
import { councilBy } from './council_history.ts';

const fact = (kind: string, data: Record<string, unknown>, at = 1) => ({
  ...{ kind, at, data, actor_id: 'actor', on_behalf_of_id: null, subject_id: 'meeting' },
});
const moved = (motion_id: string, more: object = {}) => fact('motion.moved', { motion_id, number: 1, ...more });

it('facts from before they carried seals say what they said: who moved what is left open, what became of it is not', () => {
  const { motions } = councilBy([moved('m'), fact('motion.seconded', { motion_id: 'm' }, 2)]);
  const { state, seconded_at, seal, majority, amends_id } = motions.get('m')!;
  assert.deepEqual([state, seconded_at, seal, majority, amends_id], ['seconded', 2, undefined, undefined, null]);
});

it('a motion that is taken back takes along its amendments, but not one that was put to the vote', () => {
  const amends_id = 'm';
  const { motions } = councilBy([
    moved('m'),
    ...['waits', 'votes', 'lost'].map((id) => moved(id, { amends_id, state: 'seconded' })),
    fact('vote.opened', { vote_event_id: 'v', motion_id: 'lost', ballot: 'open' }),
    fact('vote.closed', { vote_event_id: 'v', motion_id: 'lost', result: 'fail' }, 3),
    fact('vote.opened', { vote_event_id: 'w', motion_id: 'votes', ballot: 'open' }),
    fact('motion.withdrawn', { motion_id: 'm' }, 4),
  ]);
  const states = ['m', 'waits', 'votes', 'lost'].map((id) => [motions.get(id)!.state, motions.get(id)!.decided_at]);
  assert.deepEqual(states, [
    ['withdrawn', 4],
    ['withdrawn', 4],
    ['voting', null],
    ['lost', 3],
  ]);
});

it('an amendment that is carried becomes the next text of its motion', () => {
  const { motion_texts } = councilBy([
    moved('m', { text_sha256: 'old' }),
    moved('a', { amends_id: 'm', text_sha256: 'new' }),
    fact('vote.opened', { vote_event_id: 'v', motion_id: 'a', ballot: 'open' }),
    fact('vote.closed', { vote_event_id: 'v', motion_id: 'a', result: 'pass' }, 3),
  ]);
  const { text_sha256, amendment_id } = motion_texts.get('m/2')!;
  assert.deepEqual([text_sha256, amendment_id], ['new', 'a']);
});
