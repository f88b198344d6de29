import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { give_speech, mark_speech, moderate, raise_topic } from '#modules/forum/index.ts';
import {
  approve_spending,
  import_bank_statement,
  make_pledge,
  open_account,
  record_donation,
  request_spending,
} from '#modules/funds/index.ts';
import * as letters from '#modules/letters/index.ts';
import * as people from '#modules/people/index.ts';
import { submit_request } from '#modules/requests/index.ts';
import { ask_not_to_knock, plan_round, record_visit } from '#modules/visits/index.ts';
import { type Actor, system, visitor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { newId } from '#platform/ids.ts';
import { ask } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { type AnyQuery, everyQuery } from './every_query.ts';

const NAME = '鬯敏慧';
const MASKED = '鬯**';
const PHONE = '+8613876543219';

let town: Neighbourhood;
let subject: Actor;
let request: { id: string; number: number };
const queries = await everyQuery();

const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown) =>
  perform(town.environment, { actor, community: town.community, via: 'test' }, command, input);
const see = (actor: Actor, query: AnyQuery, input: unknown) =>
  ask(town.environment, { actor, community: town.community, via: 'api' }, query, input);
before(async () => {
  town = await makeNeighbourhood();
  const { desk, east_worker } = town.people;
  const login_id = newId();
  const db = town.environment.database.of(town.community.id);
  await db.insertInto('logins').values({ id: login_id, created_at: new Date() }).execute();
  const { id } = await act(system, people.welcome_person, { login_id, phone: PHONE });
  subject = { kind: 'person', id, roles: [] };
  await act(subject, people.write_person, { id, name: NAME });
  await act(desk, people.write_person, { id, born_in_year: 1951 });
  await act(desk, people.join_household, { household_id: town.household, person_id: id, verified_how: '看过证件' });
  const housemate = await act(desk, people.write_person, { name: '同住人' });
  await act(desk, people.join_household, {
    ...{ household_id: town.household, person_id: housemate.id, verified_how: '看过证件' },
  });
  mate = { kind: 'person', id: housemate.id, roles: [] };
  await act(east_worker, people.record_care, { person_id: id, kind: 'lives_alone', consent_how: 'said_at_door' });
  await act(subject, people.ask_for_correction, { field: 'name', proposed: `${NAME}芳`, reason: '写漏了' });
  await act(town.people.administrator, people.grant_role, { person_id: id, role: 'handler' });
  request = (await act(subject, submit_request, {
    kind: 'need',
    text: '楼道的灯坏了',
    category: { code: 'repairs' },
    place: { household_id: town.household },
  })) as typeof request;
  const campaign = await act(desk, letters.write_campaign, {
    titles: { 'zh-CN': '一封家书', en: 'A letter' },
    texts: { 'zh-CN': '我们这几天会来坐坐，听听您需要什么，想做什么。', en: 'We will call on you in these days.' },
  });
  await act(desk, letters.print_campaign, { id: campaign.id });
  for await (const printed of letters.lettersForPrint(town.environment, town.community, campaign.id))
    await act(desk, letters.record_reply, { letter_id: printed[0]!.id, text: '谢谢' });
  await disputed();
  ({ id: gift } = await act(bookkeeper(), record_donation, {
    ...{ kind: 'goods', description: '十把椅子', donor_name: NAME, person_id: id, is_hidden: true },
  }));
  const account = async (kind: string, more: object = {}) =>
    (await act(bookkeeper(), open_account, { kind, names: { 'zh-CN': kind, en: kind }, ...more })).id;
  ({ id: spending } = await act(desk, request_spending, {
    ...{ kind: 'advance', amount_fen: 100, purpose: '预支买椅子', category: 'repairs', payee_name: NAME },
    ...{ debit_account_id: await account('advance', { holder_id: id }), credit_account_id: await account('bank') },
  }));
  const waiting = await act(desk, people.write_person, { name: '等确认' });
  await act(desk, people.join_household, { household_id: town.household, person_id: waiting.id });
  const other = newId();
  await db.insertInto('logins').values({ id: other, created_at: new Date() }).execute();
  await db.updateTable('people').set({ login_id: other }).where('id', '=', waiting.id).execute();
});
after(() => town.close());

let mate: Actor;

/** A dispute and a waiting claim at the subject's door, so that the lists of both have something to show. */
async function disputed(): Promise<void> {
  const db = town.environment.database.of(town.community.id);
  const { id: member_id } = await db
    .selectFrom('household_members')
    .select('id')
    .where('person_id', '=', subject.id)
    .executeTakeFirstOrThrow();
  await act(mate, people.answer_claim, { member_id, lives_here: false });
}

/** How each query that shows the file of another is asked so that it shows the subject's. */
const CASES: Record<string, () => { actor: Actor; input: unknown }> = {
  'people.find_people': () => ({ actor: town.people.desk, input: { phone: PHONE, reason: '来电' } }),
  'people.person_of_phone': () => ({ actor: bookkeeper(), input: { phone: PHONE, reason: '登记捐赠' } }),
  'people.unmask': () => ({ actor: town.people.desk, input: { person_id: subject.id, reason: '来电' } }),
  'people.show_household': () => ({ actor: town.people.desk, input: { household_id: town.household, reason: '走访' } }),
  'people.show_consents': () => ({ actor: town.people.desk, input: { person_id: subject.id, reason: '走访' } }),
  'people.list_corrections': () => ({ actor: town.people.desk, input: {} }),
  'people.act_for': () => ({ actor: town.people.desk, input: { person_id: subject.id, reason: '来电' } }),
  'people.show_care': () => ({ actor: town.people.east_worker, input: { person_id: subject.id, reason: '走访' } }),
  'people.list_due_care': () => ({ actor: town.people.east_worker, input: {} }),
  'people.list_disputes': () => ({ actor: town.people.desk, input: {} }),
  'people.waiting_claims': () => ({ actor: mate, input: {} }),
  'people.my_households': () => ({ actor: mate, input: {} }),
  'people.list_roles': () => ({ actor: town.people.administrator, input: {} }),
  'forum.list_suggestions': () => ({ actor: town.people.secretary, input: {} }),
  'funds.show_desk': () => ({ actor: bookkeeper(), input: {} }),
  'funds.show_spending': () => ({ actor: bookkeeper(), input: { id: spending } }),
  'funds.show_receipt': () => ({ actor: bookkeeper(), input: { id: gift } }),
  'letters.list_replies': () => ({ actor: town.people.desk, input: {} }),
  'requests.show_request': () => ({ actor: town.people.desk, input: { number: request.number } }),
};

const CASES_OF_VISITS: typeof CASES = {
  'visits.list_due_doors': () => ({ actor: town.people.desk, input: {} }),
  'visits.show_door': () => ({ actor: town.people.east_worker, input: { household_id: town.household } }),
  'visits.show_round': () => ({ actor: town.people.east_worker, input: { id: round } }),
  'visits.pack_round': () => ({ actor: town.people.east_worker, input: { id: round } }),
  'visits.list_conflicts': () => ({ actor: town.people.desk, input: {} }),
  'visits.list_visits': () => ({ actor: town.people.desk, input: { from_on: '2026-03-01' } }),
  'groups.list_members': () => ({ actor: town.people.administrator, input: { organisation_id: town.organisation } }),
};
const CASES_OF_BOOKS: typeof CASES = {
  'funds.show_reconciliation': () => ({ actor: bookkeeper(), input: { account_id: bank } }),
  'funds.list_pledges': () => ({ actor: bookkeeper(), input: {} }),
  'funds.list_advances': () => ({ actor: bookkeeper(), input: {} }),
  'funds.show_donor_statement': () => ({
    ...{ actor: bookkeeper(), input: { donor_id: donor, from_on: '2026-01-01', until_on: '2026-12-31' } },
  }),
};
let bank = '';
let donor = '';

/** Money of the subject in the books, and at the bank. */
async function inTheBooks(): Promise<void> {
  const account = async (kind: string) =>
    (await act(bookkeeper(), open_account, { kind, names: { 'zh-CN': kind, en: kind } })).id;
  bank = await account('bank');
  const gift = { kind: 'money', donor_name: NAME, person_id: subject.id, amount_fen: 500, bank_account_id: bank };
  ({ donor_id: donor } = await act(bookkeeper(), record_donation, { ...gift, fund_id: await account('fund') }));
  await act(bookkeeper(), import_bank_statement, {
    ...{ account_id: bank, format: 'signed', file_sha256: 'a'.repeat(64) },
    rows: [{ line: 2, day: '2026-03-04', amount: '5' }],
  });
  const promise = { kind: 'goods', description: '桌子', person_id: subject.id, due_on: '2026-12-01' };
  await act(bookkeeper(), make_pledge, promise);
  const hand = { kind: 'advance', names: { 'zh-CN': '预支款', en: 'Advance' }, holder_id: subject.id };
  const { id: debit_account_id } = await act(bookkeeper(), open_account, hand);
  const asked = { kind: 'advance', amount_fen: 100, purpose: '买椅子', category: 'repairs', payee_name: NAME };
  const { id } = await act(town.people.desk, request_spending, { ...asked, debit_account_id, credit_account_id: bank });
  await act(town.people.secretary, approve_spending, { id });
}
let round = '';
let gift = '';
let spending = '';

/** Who writes the books. */
const bookkeeper = (): Actor => ({
  ...town.people.administrator,
  roles: [{ role: 'treasurer', scope_kind: 'community', scope_id: null }],
});

/** A second door at which a knock and what the desk wrote meanwhile do not agree. */
async function knockedMeanwhile(): Promise<void> {
  const household_id = newId();
  const row = { community_id: town.community.id, building_id: town.building, unit: 1, floor: 1, door: '102' };
  const db = town.environment.database.of(town.community.id);
  await db
    .insertInto('households')
    .values({ ...row, id: household_id })
    .execute();
  await act(town.people.desk, people.join_household, { household_id, person_id: mate.id });
  await act(town.people.desk, ask_not_to_knock, { household_id, wish: 'no_knock' });
  await act(town.people.east_worker, record_visit, {
    ...{
      id: newId(),
      household_id,
      occasion: 'newly_moved_in',
      outcome: 'answered',
      packed_at: '2026-03-04T00:00:00Z',
    },
  });
}

/** Somebody whose speeches keep hitting the point and who agreed to be found. */
async function spokenWell(): Promise<void> {
  const { desk, secretary, east_worker, west_worker, administrator, handler } = town.people;
  await act(mate, people.set_preferences, { shows_name: true });
  await act(mate, people.give_consent, { purpose: 'scouting', text_version: 1 });
  const { id: topic_id } = await act(secretary, raise_topic, { title: '停车', text: '怎么排？' });
  for (const text of ['先数车', '再画线', '后说罚']) {
    const { id, state } = await act(mate, give_speech, { topic_id, text });
    const subject = { kind: 'speech', id };
    if (state === 'waiting') await act(desk, moderate, { subject, step: 'approve', rule: 'fits' });
    for (const one of [desk, secretary, east_worker, west_worker, administrator, handler])
      await act(one, mark_speech, { id, hits_the_point: true });
  }
}

async function traces(): Promise<number> {
  const db = town.environment.database.of(town.community.id);
  const { count } = await db
    .selectFrom('file_reads')
    .select((e) => e.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return Number(count);
}

describe('every query', () => {
  it('says whose files it shows, and leaves a trace when they are others’', () => {
    assert.ok(queries.length > 60, String(queries.length));
    const undeclared = queries.filter((one) => !one.reads).map((one) => one.name);
    assert.deepEqual(undeclared, [], 'say reads: nobody, own or others');
    const traceless = queries.filter((one) => one.reads === 'others' && !one.leaves_trace).map((one) => one.name);
    assert.deepEqual(traceless, []);
  });

  it('that shows the file of another is asked here, and a reading leaves a trace', async () => {
    ({ id: round } = await act(town.people.east_worker, plan_round, {
      ...{ planned_on: '2026-03-04', household_ids: [town.household] },
    }));
    const db = town.environment.database.of(town.community.id);
    await db
      .insertInto('memberships')
      .values({
        ...{ community_id: town.community.id, id: newId(), organisation_id: town.organisation, person_id: mate.id },
        started_at: new Date('2026-01-05T01:00:00Z'),
        started_by_id: mate.id,
      })
      .execute();
    await knockedMeanwhile();
    await spokenWell();
    await inTheBooks();
    const cases = { ...CASES, ...CASES_OF_VISITS, ...CASES_OF_BOOKS };
    const wanted = queries.filter((one) => one.reads === 'others');
    assert.deepEqual(
      wanted.map((one) => one.name).filter((name) => !cases[name]),
      [],
      'add a case above',
    );
    for (const query of wanted) {
      const { actor, input } = cases[query.name]!();
      const before = await traces();
      await see(actor, query, input);
      assert.ok((await traces()) > before, `${query.name} left no trace`);
    }
  });

  it('that says it shows nobody shows neither name nor phone to anybody, however it is asked', async () => {
    const { desk, east_worker, administrator, secretary, neighbour } = town.people;
    const ids = { person_id: subject.id, household_id: town.household, building_id: town.building };
    const inputs = [
      {},
      ids,
      ...[subject.id, town.household, town.building, town.organisation, request.id].map((id) => ({ id, ...ids })),
      { number: request.number },
      { text: '荷塘里3栋2单元501' },
      { text: NAME },
      { words: NAME },
      { name: NAME },
    ];
    let asked = 0;
    for (const query of queries.filter((one) => one.reads === 'nobody'))
      for (const actor of [desk, east_worker, administrator, secretary, neighbour, visitor])
        for (const input of inputs) {
          const answer = await see(actor, query, input).catch(() => undefined);
          if (answer === undefined) continue;
          asked++;
          const text = JSON.stringify(answer) ?? '';
          for (const word of [MASKED, PHONE, PHONE.slice(3), '3219'])
            assert.ok(!text.includes(word), `${query.name} shows ${word} to ${actor.roles[0]?.role ?? actor.kind}`);
          if (!JSON.stringify(input).includes(NAME)) assert.ok(!text.includes(NAME), query.name);
        }
    assert.ok(asked > 200, String(asked));
  });

  it('tells nobody but staff with a reason who lives behind a door', async () => {
    for (const actor of [town.people.neighbour, town.people.handler, visitor])
      for (const query of queries) {
        for (const input of [{ household_id: town.household, reason: '好奇' }, { household_ids: [town.household] }]) {
          const text = JSON.stringify(await see(actor, query, input).catch(() => null)) ?? '';
          assert.ok(!text.includes(MASKED) && !text.includes(subject.id), query.name);
        }
      }
  });
});
