import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
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
      const mine = ['/rounds', `/rounds/door/${household}`, '/visits', '/visits/coverage'];
      assert.deepEqual(await findProblems(stage, mine, { as: people.east_worker, locale, large }), []);
      assert.deepEqual(
        await findProblems(stage, ['/visits/conflicts', '/rounds'], { as: people.desk, locale, large }),
        [],
      );
      assert.deepEqual(await findProblems(stage, ['/me/household'], { as: people.resident, locale, large }), []);
    });
  }
});
