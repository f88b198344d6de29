import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type Actor, system } from '#platform/actor.ts';
import type { Command } from '#platform/command.ts';
import { type Neighbourhood, NOW } from '#tests/factories.ts';
import { refusedWith } from '#tests/stage.ts';
import { openRequestStage } from '#tests/told_requests.ts';
import * as requests from './index.ts';
import { type State, type Step, stateAfter } from './request.ts';

let town: Neighbourhood;
let now = NOW;
const { act, see, submit, show } = openRequestStage(
  (made) => {
    town = made;
  },
  () => now,
);

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
      const { id } = await submit(town.people.resident);
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
      assert.deepEqual(await see(system, find_lost as never, {}), []);
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

describe('the life of a need', () => {
  it('runs from knock to confirmation, each step by whoever may', async () => {
    now = NOW;
    const { resident, neighbour, handler } = town.people;
    const { id } = await submit(resident);
    await assert.rejects(act(neighbour, requests.accept_request, { id }), refusedWith('not_found'));
    await assert.rejects(act(resident, requests.answer_request, { id, text: '我自己答' }), refusedWith('not_found'));
    await act(handler, requests.accept_request, { id });
    await assert.rejects(act(handler, requests.accept_request, { id }), refusedWith('step_impossible'));
    await act(handler, requests.finish_request, { id, text: '灯换好了' });
    assert.equal((await show(resident, id)).state, 'done');
    const reopened = await act(resident, requests.reopen_request, { id, reason: '还是不亮' });
    assert.equal(reopened.state, 'reopened');
    await act(handler, requests.answer_request, { id, text: '今晚换线路' });
    await act(resident, requests.confirm_request, { id, stars: 5 });
    const shown = await show(resident, id);
    assert.deepEqual(
      shown.thread.map((step) => step.step),
      ['submit', 'accept', 'finish', 'reopen', 'answer', 'confirm'],
    );
    assert.equal(shown.reopened_count, 1);
  });

  it('stops the clock while the reporter is asked and gives the time back', async () => {
    now = new Date('2026-03-04T02:00:00Z');
    const { resident, handler } = town.people;
    const { id, due_at } = await submit(resident);
    now = new Date('2026-03-05T02:00:00Z');
    await act(handler, requests.ask_reporter, { id, question: '哪一层？' });
    now = new Date('2026-03-06T02:00:00Z');
    const answer = await act(resident, requests.reply_to_question, { id, text: '五层' });
    assert.equal(due_at, '2026-03-09T10:00:00.000Z');
    assert.equal(answer.due_at, '2026-03-10T10:00:00.000Z');
    now = NOW;
  });

  it('keeps clock and history when the category or the owner changes', async () => {
    const { resident, handler, desk, west_worker } = town.people;
    const { id } = await submit(resident);
    await act(desk, requests.recategorise_request, { id, category_id: town.categories.noise, reason: '是噪音' });
    const shown = await show(resident, id);
    assert.equal(shown.owner_id, town.people.east_worker.id);
    assert.equal(shown.due_at!.toISOString(), '2026-03-05T10:00:00.000Z');
    await act(desk, requests.hand_on_request, { id, to: { person_id: west_worker.id }, reason: '他更近' });
    const after = await show(desk, id);
    assert.equal(after.due_at!.toISOString(), '2026-03-05T10:00:00.000Z');
    assert.equal(after.submitted_at.getTime(), shown.submitted_at.getTime());
    await assert.rejects(
      act(desk, requests.hand_on_request, { id, to: { person_id: resident.id }, reason: 'x' }),
      refusedWith('owner_unknown'),
    );
    await assert.rejects(act(handler, requests.note_request, { id, text: 'x' }), refusedWith('not_found'));
  });

  it('promises a later date with a reason, and still counts by the date first owed', async () => {
    const { resident, handler } = town.people;
    const { id, due_at } = await submit(resident);
    await assert.rejects(
      act(handler, requests.promise_answer, { id, due_at: '2026-03-01', reason: 'x' }),
      refusedWith('date_past'),
    );
    await act(handler, requests.promise_answer, { id, due_at: '2026-03-20T10:00:00Z', reason: '等配件' });
    const shown = await show(resident, id);
    assert.equal(shown.state, 'promised');
    assert.equal(shown.original_due_at.toISOString(), due_at);
  });

  it('joins what is the same and keeps every reporter informed', async () => {
    const { resident, neighbour, desk } = town.people;
    const [one, two] = [await submit(resident), await submit(neighbour)];
    await assert.rejects(
      act(desk, requests.join_requests, { id: one.id, from_ids: [one.id], reason: 'x' }),
      refusedWith('join_itself'),
    );
    await act(desk, requests.join_requests, { id: one.id, from_ids: [two.id], reason: '同一盏灯' });
    assert.equal((await show(neighbour, two.id)).joined_into, one.number);
    const kept = await show(neighbour, one.id);
    assert.equal(kept.follows, true);
    assert.deepEqual(
      kept.joined.map((other) => other.number),
      [two.number],
    );
  });

  it('splits into parts with the clock of the whole', async () => {
    const { resident, desk } = town.people;
    now = NOW;
    const { id } = await submit(resident);
    now = new Date('2026-03-05T02:00:00Z');
    const { parts } = await act(desk, requests.split_request, {
      id,
      parts: [
        { text: '灯坏了', category_id: town.categories.repairs },
        { text: '夜里装修', category_id: town.categories.noise },
      ],
      reason: '两件事',
    });
    const noise = await show(resident, parts[1]!.id);
    assert.equal(noise.due_at!.toISOString(), '2026-03-05T10:00:00.000Z');
    assert.equal((await show(resident, id)).state, 'split');
    now = NOW;
  });

  it('has helpers beside the one owner', async () => {
    const { resident, handler, west_worker } = town.people;
    const { id } = await submit(resident);
    const { help_id } = await act(handler, requests.call_in_help, {
      id,
      helper: { person_id: west_worker.id },
      asked_for: '带梯子',
    });
    await act(west_worker, requests.answer_help, { id, help_id, text: '带到了' });
    await assert.rejects(
      act(west_worker, requests.answer_help, { id, help_id, text: '再答' }),
      refusedWith('help_answered_before'),
    );
    assert.equal((await show(handler, id)).owner_id, handler.id);
    assert.ok(!(await show(resident, id)).thread.some((step) => step.step === 'help_answered'));
  });

  it('refuses an edit written against an older version', async () => {
    const { resident, handler } = town.people;
    const { id } = await submit(resident);
    const { version } = await show(handler, id);
    await act(handler, requests.accept_request, { id, expected_version: version });
    await assert.rejects(
      act(handler, requests.answer_request, { id, expected_version: version, text: '好了' }),
      refusedWith('stale'),
    );
  });

  it('takes one of two steps raced from the same state', async () => {
    const { resident, handler, desk } = town.people;
    const { id } = await submit(resident);
    const results = await Promise.allSettled([
      act(handler, requests.finish_request, { id, text: '好了' }),
      act(desk, requests.refuse_request, { id, text: '不归我们管' }),
    ]);
    assert.deepEqual(results.map((result) => result.status).sort(), ['fulfilled', 'rejected']);
  });

  it('can be taken out of the public eye with a reason', async () => {
    const { resident, neighbour, desk } = town.people;
    const { id } = await submit(resident);
    await act(desk, requests.redact_request, { id, public_text: '楼道灯坏了', reason: '有住址' });
    assert.equal((await show(neighbour, id)).text, '楼道灯坏了');
    assert.match((await show(resident, id)).text, /老人/);
  });
});

describe('time', () => {
  it('escalates once before and once at breach, and closes silence apart', async () => {
    const { resident, handler } = town.people;
    now = NOW;
    const { id } = await submit(resident);
    now = new Date('2026-03-09T09:00:00Z');
    await requests.sweepRequests(town.environment, town.community);
    await requests.sweepRequests(town.environment, town.community);
    now = new Date('2026-03-10T09:00:00Z');
    await requests.sweepRequests(town.environment, town.community);
    const steps = (await show(handler, id)).thread.filter((step) => step.step === 'escalate');
    assert.deepEqual(
      steps.map((step) => step.data.level),
      [1, 2],
    );
    await act(handler, requests.answer_request, { id, text: '好了' });
    now = new Date('2026-03-30T09:00:00Z');
    await requests.sweepRequests(town.environment, town.community);
    assert.equal((await show(resident, id)).state, 'closed_without_word');
    now = new Date('2026-06-30T09:00:00Z');
    await assert.rejects(
      act(resident, requests.reopen_request, { id, reason: '迟了' }),
      refusedWith('reopen_too_late'),
    );
    now = NOW;
  });

  it('is counted anew when the calendar changes, and says for which', async () => {
    const { id, number } = await submit(town.people.resident);
    const { chinaCalendar } = await import('#engines/answer_clock/index.ts');
    const calendar = chinaCalendar({ from_year: 2025 });
    calendar.exceptions.push({ on: '2026-03-06', why: { 'zh-CN': '暴雪', en: 'snow' }, shifts: [] });
    const set = {
      name: 'test.set_calendar',
      input: requests.close_without_word.input,
      run: (ctx: never) => requests.saveCalendar(ctx, calendar),
    };
    await act(system, set as never, { id });
    const { changed } = await requests.recomputeOpenRequests(town.environment, town.community, 'v2');
    assert.ok(changed.includes(number));
    assert.equal((await show(town.people.resident, id)).due_at!.toISOString(), '2026-03-10T10:00:00.000Z');
  });
});
