import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import fc from 'fast-check';
import { type Actor, system } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { ask } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood, NOW } from '#tests/factories.ts';
import * as requests from './index.ts';
import { type State, type Step, stateAfter } from './request.ts';

let town: Neighbourhood;
let now = NOW;
before(async () => {
  town = await makeNeighbourhood({ clock: () => now });
});
after(() => town.close());

type Move = {
  step: Step;
  command: Command<never, unknown>;
  actor: 'resident' | 'desk' | 'system';
  input: Record<string, unknown>;
};
const move = (step: Step, command: unknown, actor: Move['actor'], input: Record<string, unknown> = {}): Move => ({
  step,
  command: command as Move['command'],
  actor,
  input,
});

const MOVES: Move[] = [
  move('accept', requests.accept_request, 'desk'),
  move('ask_reporter', requests.ask_reporter, 'desk', { question: '几楼？' }),
  move('reply', requests.reply_to_question, 'resident', { text: '三楼' }),
  move('promise', requests.promise_answer, 'desk', { reason: '等配件' }),
  move('answer', requests.answer_request, 'desk', { text: '答' }),
  move('finish', requests.finish_request, 'desk', { text: '好了' }),
  move('refuse', requests.refuse_request, 'desk', { text: '不行' }),
  move('confirm', requests.confirm_request, 'resident', { stars: 4 }),
  move('reopen', requests.reopen_request, 'resident', { reason: '没好' }),
  move('withdraw', requests.withdraw_request, 'resident'),
  move('note', requests.note_request, 'desk', { text: '记' }),
  move('escalate', requests.escalate_request, 'system'),
  move('recompute', requests.recompute_due, 'system'),
];

/** Takes random steps in random order, at random times, and compares with the table each time. */
it('random steps by the right people do what the table says, and nothing is ever lost', async () => {
  const steps = fc.array(fc.tuple(fc.constantFrom(...MOVES), fc.integer({ min: 1, max: 4_000 })), {
    minLength: 1,
    maxLength: 14,
  });
  const by = (name: Move['actor']): Actor => (name === 'system' ? system : town.people[name]);
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      now = NOW;
      const { environment, community, people } = town;
      const act = (actor: Actor, command: unknown, input: unknown) =>
        perform(environment, { actor, community, via: 'test' }, command as Command<never, { id: string }>, input);
      const { id } = await act(people.resident, requests.submit_request, {
        category: { code: 'repairs' },
        text: '灯坏了',
        place: { household_id: town.household },
      });
      let state: State = 'submitted';
      for (const [{ step, command, actor, input }, minutes] of taken) {
        now = new Date(now.getTime() + minutes * 60_000);
        const more =
          step === 'promise'
            ? { due_at: new Date(now.getTime() + 86_400_000) }
            : step === 'recompute'
              ? { owed_since: NOW }
              : {};
        const expected = stateAfter(state, step);
        const tried = await act(by(actor), command, { id, ...input, ...more }).then(
          () => 'taken',
          (error: { code?: string }) => error.code ?? String(error),
        );
        // What the system does to an ended request is nothing at all; everybody else is told that it cannot be.
        const isQuiet = actor === 'system' && expected === null;
        if (!isQuiet) assert.equal(tried, expected ? 'taken' : 'step_impossible', `${step} from ${state}`);
        state = expected ?? state;
        const row = await requestOf(id);
        assert.equal(row.state, state);
        if (row.closed_at === null) assert.ok(row.owner_id && row.due_at, 'open without owner or due date');
        assert.equal(row.paused_at !== null, state === 'asking');
        assert.equal(row.closed_at === null, requests.isOpen(state));
      }
      const find_lost = { name: 'test.find_lost', input: requests.list_categories.input, run: requests.findLost };
      assert.deepEqual(await ask(environment, { actor: system, community, via: 'test' }, find_lost as never, {}), []);
    }),
    { numRuns: 60 },
  );
});

async function requestOf(id: string) {
  return town.environment.database
    .of(town.community.id)
    .selectFrom('requests')
    .select(['state', 'owner_id', 'due_at', 'closed_at', 'paused_at'])
    .where('community_id', '=', town.community.id)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}
