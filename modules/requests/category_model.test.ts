import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import { unpackRouter } from '#engines/text_router/index.ts';
import type { Actor } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import { newId } from '#platform/ids.ts';
import { ask, type Query } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood, NOW } from '#tests/factories.ts';
import { type Decided, LEAST_DECIDED, learnFromDecided, withoutRareWords } from './category_model.ts';
import * as requests from './index.ts';

const SAID = {
  repairs: ['楼道灯坏了', '电梯又停了', '水管漏水', '下水道堵了', 'The lift is broken', '单元门关不上'],
  noise: ['楼上装修太吵', '半夜跳舞音响很吵', '狗叫了一夜', 'Loud music at night', '施工噪音睡不着'],
  hardship: ['失业了交不起房租', '想申请低保', '孩子学费有困难', 'I lost my job and need help'],
};
const CODES = Object.keys(SAID);

/** So many decided needs, told by so many people in turn, each with words of its own around. */
function decisions(count: number, tellers = 50): Decided[] {
  return Array.from({ length: count }, (_, at) => {
    const label = CODES[at % CODES.length] as keyof typeof SAID;
    const said = SAID[label][Math.floor(at / 3) % SAID[label].length]!;
    return { label, text: `${said}，第${at % 7}天了`, teller: `teller ${at % tellers}` };
  });
}

describe('words before learning', () => {
  it('are left out when fewer than three people told them', () => {
    const told = ['一', '二', '三'].map((teller) => ({ text: '电梯坏了 慢吞吞', label: 'repairs', teller }));
    const rare = { text: '电梯坏了 欧阳娜娜', label: 'repairs', teller: '四' };
    const twice = { text: '电梯坏了 慢吞吞 欧阳娜娜', label: 'repairs', teller: '四' };
    const texts = withoutRareWords([...told, rare, twice], []).map(({ text }) => text);
    assert.ok(texts.every((text) => text.includes('电梯') && !text.includes('欧阳') && !text.includes('娜娜')));
    assert.ok(texts[0]!.includes('慢吞吞') || texts[0]!.includes('吞吞'));
  });
  it('stay when the starter phrases hold them, however rare', () => {
    const [kept] = withoutRareWords(
      [{ text: '路灯 甲乙丙', label: 'repairs', teller: '一' }],
      [{ text: '路灯不亮', label: 'repairs' }],
    );
    assert.ok(kept!.text.includes('路灯') && !kept!.text.includes('甲'));
  });
});

describe('a model of decisions', () => {
  it('is not learnt from too few', () => assert.equal(learnFromDecided(decisions(LEAST_DECIDED - 1), CODES), null));
  it('is measured on the newest, which it had not seen, and is the same each time', () => {
    const learnt = learnFromDecided(decisions(400), CODES)!;
    assert.equal(learnt.quality.decided, 400);
    assert.equal(learnt.quality.held_out, 80);
    assert.ok(learnt.quality.first_right > 0.95, JSON.stringify(learnt.quality));
    assert.deepEqual(learnFromDecided(decisions(400), CODES), learnt);
  });
  it('is never trusted when the newest decisions say otherwise', () => {
    const told = decisions(400).map((one, at) => (at < 320 ? one : { ...one, label: CODES[(at + 1) % 3]! }));
    const { quality, model } = learnFromDecided(told, CODES)!;
    assert.equal(quality.is_trusted, false);
    assert.ok(unpackRouter(model).automatic_from > 1);
  });
  it('leaves out categories that ended', () => {
    const { model } = learnFromDecided(decisions(900), ['repairs', 'noise'])!;
    assert.deepEqual(model.labels, ['noise', 'repairs']);
  });
});

describe('a need whose category was left open', () => {
  let town: Neighbourhood;
  before(async () => {
    town = await makeNeighbourhood();
  });
  after(() => town.close());

  const caller = (actor: Actor) => ({ actor, community: town.community, via: 'test' });
  const see = <I, A>(actor: Actor, query: Query<I, A>, input: unknown = {}) =>
    ask(town.environment, caller(actor), query, input);
  const tell = (text: string) =>
    perform(town.environment, caller(town.people.resident), requests.submit_request, {
      text,
      wants_public: true,
      place: { building_id: town.building },
    });
  const shown = async (number: number) => {
    const request = await see(town.people.desk, requests.show_request, { number });
    return { ...request, by: request.private!.categorised_by };
  };

  async function decide(told: Decided[]): Promise<void> {
    const client = new pg.Client({ connectionString: town.owner_url });
    await client.connect();
    await client.query("select set_config('app.community_id', $1, false)", [town.community.id]);
    for (const [at, { text, label }] of told.entries()) {
      const told_at = new Date(NOW.getTime() - (told.length - at) * 60_000);
      await client.query(
        `insert into requests (community_id, id, kind, intake, category_id, state, text, is_public, recorded_by_id, owner_id, response_due_at, due_at, original_due_at, submitted_at, responded_at, changed_at)
        values ($1, $2, 'need', 'web', $3, 'accepted', $4, false, $5, $5, $6, $6, $6, $6, $6, $6)`,
        [town.community.id, newId(), town.categories[label as 'noise'], text, town.people.desk.id, told_at],
      );
    }
    await client.end();
  }

  it('goes to the desk while there is only the starter model, and is not public yet', async () => {
    const { number, due_at } = await tell('楼道灯坏了');
    const request = await shown(number);
    assert.equal(request.owner_id, town.people.desk.id);
    assert.equal(request.category.code, 'repairs');
    assert.deepEqual([request.by!.version, request.by!.is_automatic, request.is_public], [0, false, false]);
    assert.ok(request.by!.words.length > 0);
    assert.equal(request.due_at!.toISOString(), due_at);
  });

  it('is chosen without a person once the model is trusted, can be corrected, and keeps clock and history', async () => {
    await decide(decisions(420));
    assert.deepEqual(await requests.learnCategories(town.environment, town.community, 200), { version: 1 });
    assert.equal(await requests.learnCategories(town.environment, town.community, 200), null);
    const { versions } = await see(town.people.administrator, requests.show_category_model);
    assert.equal(versions[0]!.is_trusted, true, JSON.stringify(versions[0]));
    const { number } = await tell('楼上装修太吵，第3天了');
    const request = await shown(number);
    assert.deepEqual([request.category.code, request.by!.version, request.by!.is_automatic], ['noise', 1, true]);
    assert.equal(request.routed_by.rule_number, 2);
    assert.equal(request.is_public, true);
    await perform(town.environment, caller(town.people.desk), requests.recategorise_request, {
      id: request.id,
      category_id: town.categories.repairs,
      reason: '是维修',
    });
    const corrected = await shown(number);
    assert.equal(corrected.by!.is_corrected, true);
    assert.deepEqual(corrected.submitted_at, request.submitted_at);
    assert.deepEqual(
      corrected.thread.map(({ step }) => step),
      ['submit', 'recategorise'],
    );
    const { in_use } = await see(town.people.administrator, requests.show_category_model);
    assert.deepEqual(in_use, { chosen: 1, decided: 1, corrected: 1, told: 2 });
  });

  it('goes to the desk again when the administrator switches it off', async () => {
    await perform(town.environment, caller(town.people.administrator), requests.switch_automatic_category, {
      is_on: false,
      reason: '先看看',
    });
    const { number } = await tell('楼上装修太吵，第2天了');
    assert.equal((await shown(number)).by!.is_automatic, false);
  });

  it('is a matter for administrators', async () => {
    await assert.rejects(see(town.people.desk, requests.show_category_model), { code: 'not_found' });
    const off = perform(town.environment, caller(town.people.secretary), requests.switch_automatic_category, {
      is_on: true,
      reason: 'x',
    });
    await assert.rejects(off, { code: 'not_found' });
  });
});
