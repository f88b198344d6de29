import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { submit_request } from '#modules/requests/index.ts';
import { perform } from '#platform/command.ts';
import { findProblems } from './accessible.ts';
import { openStage, type Stage } from './browser.ts';

let stage: Stage;
before(async () => {
  stage = await openStage();
  for (const text of ['三单元电梯坏了', '我们三单元的电梯又停了，老人下不去'])
    await perform(
      stage.town.environment,
      { actor: stage.town.people.resident, community: stage.town.community, via: 'test' },
      submit_request,
      {
        text,
        category: { code: 'noise' },
        place: { latitude: 40.01, longitude: 116.33 },
      },
    );
});
after(() => stage.close());

for (const locale of ['zh-CN', 'en'] as const)
  for (const large of [false, true])
    it(`is whole and accessible, ${locale}${large ? ', large type' : ''}`, async () => {
      const { administrator, desk } = stage.town.people;
      assert.deepEqual(
        await findProblems(stage, ['/admin/model'], { as: administrator, locale, large, phone: large }),
        [],
      );
      assert.deepEqual(await findProblems(stage, ['/desk?mine='], { as: desk, locale, large, phone: large }), []);
    });

it('leaves the category open, and the desk sees why one is suggested and joins what is the same', async () => {
  const ask = await stage.visit({ as: stage.town.people.resident, scripts: false });
  await ask.page.goto(`${stage.url}/ask`);
  await ask.page.fill('#text', '楼道灯坏了，晚上看不见');
  await ask.page.check('input[name=category][value=unsure]');
  await ask.page.click('main button.first');
  await ask.page.fill('#address_text', '荷塘里3栋');
  await ask.page.click('main button.first');
  assert.match((await ask.page.textContent('main')) ?? '', /说不准/);
  await ask.page.click('main button.first');
  assert.match((await ask.page.textContent('main')) ?? '', /\d/);
  await ask.context.close();

  const { page, context } = await stage.visit({ as: stage.town.people.desk, phone: false, scripts: false });
  await page.goto(`${stage.url}/desk?mine=&words=${encodeURIComponent('楼道灯')}`);
  assert.match((await page.textContent('main')) ?? '', /说不准分类.*因为说到/s);
  await page.goto(`${stage.url}/desk?mine=&words=${encodeURIComponent('老人下不去')}`);
  assert.match((await page.textContent('main')) ?? '', /很可能是同一件事.*建议分类|建议分类.*很可能是同一件事/s);
  await page.click('main >> text=/并入这一件/');
  assert.match((await page.textContent('dl.facts')) ?? '', /并进来的\s*1/);
  assert.equal(await page.locator('section[aria-label="很可能是同一件事"]').count(), 0);
  await page.click('main >> text=改为房屋维修');
  assert.match((await page.textContent('dl.facts')) ?? '', /房屋维修/);
  await context.close();
});

it('is switched off by the administrator, with a reason that stays', async () => {
  const { page, context } = await stage.visit({ as: stage.town.people.administrator, scripts: false });
  await page.goto(`${stage.url}/admin/model`);
  await page.fill('[name=reason]', '先看一个月');
  await page.click('main >> text=关闭');
  assert.match((await page.textContent('main')) ?? '', /已关闭.*先看一个月/s);
  await context.close();
});
