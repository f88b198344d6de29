import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { keepUpload } from '#faces/server/keep_upload.ts';
import type { Visit } from '#faces/server/visit.ts';
import { record_visit } from '#modules/visits/index.ts';
import { perform } from '#platform/command.ts';
import { newId } from '#platform/ids.ts';
import { findProblems } from './accessible.ts';
import { openStage, type Stage } from './browser.ts';

let stage: Stage;
before(async () => {
  stage = await openStage();
  const { environment, community, household, people } = stage.town;
  await environment.database
    .of(community.id)
    .insertInto('household_members')
    .values({
      community_id: community.id,
      id: newId(),
      household_id: household,
      person_id: people.resident.id,
      started_at: new Date(),
      verified_at: new Date(),
    })
    .execute();
  // Whatever the hour is when this runs, somebody may knock.
  await environment.database
    .of(community.id)
    .updateTable('communities')
    .set({ settings: JSON.stringify({ knocking_hours: [{ from_minute: 0, until_minute: 1440 }] }) })
    .where('id', '=', community.id)
    .execute();
});
after(() => stage.close());

describe('a grid worker on a phone, without scripts', () => {
  it('plans a round, knocks, records a need, and finds it in the thread and the figures', async () => {
    const { people } = stage.town;
    const { page } = await stage.visit({ as: people.east_worker, scripts: false });
    await page.goto(`${stage.url}/rounds`);
    assert.match(await page.innerText('main'), /荷塘里3栋2单元501[\s\S]*新搬来的/);
    await page.fill('#starts_at', '00:00');
    await page.selectOption('#budget_minutes', '240');
    await page.click('form[action="?/plan"] button');
    await page.click('text=去敲门');
    await page.fill('#need', '楼道灯坏了，晚上看不清');
    await page.click('text=存好，下一户');
    assert.match(await page.innerText('main'), /1件事有人负责了[\s\S]*敲完了/);
    await page.goto(`${stage.url}/visits`);
    await page.click('text=楼道灯坏了');
    assert.match(await page.innerText('main'), /楼道灯坏了/);
    const desk = await stage.visit({ as: people.desk, phone: false, locale: 'en' });
    await desk.page.goto(`${stage.url}/visits/coverage`);
    assert.match(await desk.page.innerText('main'), /knocks at 1 doors[\s\S]*100/);
  });

  it('says with one tap that nobody was home', async () => {
    const { page } = await stage.visit({ as: stage.town.people.east_worker, scripts: false });
    await page.goto(`${stage.url}/rounds/door/${stage.town.household}`);
    await page.click('text=没人在家');
    assert.match(await page.innerText('main'), /已存好/);
  });
});

describe('what somebody says at the door, without scripts', () => {
  it('is a consent written down there, and the page leads back to the door', async () => {
    const { page } = await stage.visit({ as: stage.town.people.east_worker, scripts: false });
    const door = `${stage.url}/rounds/door/${stage.town.household}`;
    await page.goto(door);
    await page.click('main a:has-text("同意")');
    const visits = page.locator('section[aria-labelledby="of-care_visits"]');
    await visits.locator('summary').first().click();
    await visits.locator('form[action^="?/record"] button').click();
    assert.match(await visits.innerText(), /上门时说的[\s\S]*说明第1版/);
    await page.click('main a:has-text("返回")');
    assert.equal(page.url(), door);
  });
});

describe('what staff write about a door, without scripts', () => {
  const about = async (locale: 'zh-CN' | 'en' = 'en') => {
    const { page } = await stage.visit({ as: stage.town.people.east_worker, scripts: false, locale });
    await page.goto(`${stage.url}/rounds/door/${stage.town.household}`);
    await page.click('summary:has-text("About this door"), summary:has-text("这户的情况")');
    return page;
  };

  it('is what a household wishes, told at the door, and lifted again', async () => {
    const page = await about();
    await page.fill('#wish-from', '18:00');
    await page.fill('#wish-until', '09:00');
    await page.click('button:has-text("Only in these hours")');
    assert.match(await page.innerText('main'), /The end has to be later/);
    assert.equal(await page.inputValue('#wish-from'), '18:00');
    await page.click('button:has-text("They ask not to be knocked at")');
    assert.match(await page.innerText('main'), /written down[\s\S]*Please don’t knock/);
    await page.click('summary:has-text("About this door")');
    await page.click('button:has-text("They may be knocked at again")');
    assert.doesNotMatch(await page.innerText('main'), /Please don’t knock/);
  });

  it('is why two should go, until somebody ends it', async () => {
    const page = await about('zh-CN');
    await page.fill('#safety', '楼梯没有扶手，灯也坏了');
    await page.click('button:has-text("记下")');
    assert.match(await page.innerText('main'), /请两人同去[\s\S]*楼梯没有扶手/);
    await page.click('summary:has-text("这户的情况")');
    await page.click('button:has-text("可以一个人去了")');
    assert.doesNotMatch(await page.innerText('main'), /楼梯没有扶手/);
  });

  it('is heard again where a visit brought a voice note', async () => {
    const { environment, community, people, household } = stage.town;
    const bytes = Buffer.concat([Buffer.from('1a45dfa3', 'hex'), Buffer.alloc(500, 7)]);
    const id = newId();
    const visit = { id, household_id: household, occasion: 'newly_moved_in', outcome: 'answered' };
    const [voice, later] = [bytes, Buffer.from('x')].map((one) => createHash('sha256').update(one).digest('hex'));
    const caller = { actor: people.east_worker, community, via: 'test', id };
    await perform(environment, caller, record_visit, { ...visit, voice, photos: [later] });
    await keepUpload(environment, { environment, community, actor: people.east_worker } as Visit, 'voice', bytes);
    const { page } = await stage.visit({ as: people.east_worker, locale: 'en' });
    await page.goto(`${stage.url}/visits`);
    assert.match(await page.innerText('main'), /Voice note[\s\S]*1 file is still on the worker’s phone/);
    const heard = await page.evaluate(async () => {
      const answer = await fetch(document.querySelector('audio')!.src);
      return [answer.headers.get('content-type'), (await answer.arrayBuffer()).byteLength];
    });
    assert.deepEqual(heard, ['audio/webm', bytes.length]);
    const part = await page.evaluate(async () => {
      const answer = await fetch(document.querySelector('audio')!.src, { headers: { range: 'bytes=0-1' } });
      return [answer.status, answer.headers.get('content-range'), (await answer.arrayBuffer()).byteLength];
    });
    assert.deepEqual(part, [206, `bytes 0-1/${bytes.length}`, 2]);
    const stranger = await stage.visit({ as: people.resident });
    const src = (await page.getAttribute('audio', 'src'))!;
    assert.equal((await stranger.page.request.get(stage.url + src)).status(), 404);
  });

  it('is handed over to a colleague, who finds it on their list', async () => {
    const { people, environment, community } = stage.town;
    const other = newId();
    await environment.database
      .of(community.id)
      .insertInto('households')
      .values({
        community_id: community.id,
        id: other,
        building_id: stage.town.building,
        unit: 1,
        floor: 3,
        door: '301',
      })
      .execute();
    await environment.database
      .of(community.id)
      .insertInto('household_members')
      .values({
        community_id: community.id,
        id: newId(),
        household_id: other,
        person_id: people.neighbour.id,
        started_at: new Date(),
        verified_at: new Date(),
      })
      .execute();
    const desk = await stage.visit({ as: people.desk, scripts: false, locale: 'en' });
    await desk.page.goto(`${stage.url}/rounds/hand-over`);
    await desk.page.selectOption('#worker', people.east_worker.id);
    await desk.page.click('text=Show the doors');
    await desk.page.selectOption('#to_worker_id', people.west_worker.id);
    await desk.page.fill('#reason', 'on leave');
    await desk.page.click('button:has-text("Hand over")');
    assert.equal(await desk.page.inputValue('#reason'), 'on leave');
    await desk.page.check(`input[value="${other}"]`);
    await desk.page.fill('#reason', ' ');
    await desk.page.click('button:has-text("Hand over")');
    assert.ok(await desk.page.isChecked(`input[value="${other}"]`));
    await desk.page.fill('#reason', 'on leave');
    await desk.page.click('button:has-text("Hand over")');
    assert.match(await desk.page.innerText('main'), /1 door was handed over/);
    const { page } = await stage.visit({ as: people.west_worker, locale: 'en', scripts: false });
    await page.goto(`${stage.url}/rounds`);
    assert.match(await page.innerText('main'), /stair 1, 301/);
  });
});

describe('a resident', () => {
  it('asks not to be knocked at, and lets them knock again', async () => {
    const { page } = await stage.visit({ as: stage.town.people.resident, scripts: false });
    await page.goto(`${stage.url}/me/household`);
    await page.click('button:has-text("请别敲门")');
    assert.match(await page.innerText('main'), /已记下：请别敲门/);
    await page.click('button:has-text("可以来敲门了")');
    assert.doesNotMatch(await page.innerText('main'), /已记下/);
  });
});

describe('the pages of visits', () => {
  for (const [locale, large] of [
    ['zh-CN', true],
    ['en', false],
  ] as const) {
    it(`can be used by everybody (${locale})`, async () => {
      const { people, household } = stage.town;
      const mine = ['/rounds', `/rounds/door/${household}`, '/visits', '/visits/coverage', '/rounds/hand-over'];
      assert.deepEqual(await findProblems(stage, mine, { as: people.east_worker, locale, large }), []);
      assert.deepEqual(
        await findProblems(
          stage,
          ['/visits/conflicts', '/rounds', `/rounds/hand-over?worker=${people.east_worker.id}`],
          { as: people.desk, locale, large },
        ),
        [],
      );
      assert.deepEqual(await findProblems(stage, ['/me/household'], { as: people.resident, locale, large }), []);
    });
  }
});
