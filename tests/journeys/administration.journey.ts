import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { findProblems } from './accessible.ts';
import { openStage, type Stage } from './browser.ts';

const PAGES = ['/admin/vocabulary'];

let stage: Stage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

for (const locale of ['zh-CN', 'en'] as const)
  for (const large of [false, true])
    it(`is whole and accessible, ${locale}${large ? ', large type' : ''}`, async () => {
      const as = stage.town.people.administrator;
      assert.deepEqual(await findProblems(stage, PAGES, { as, locale, large, phone: large }), []);
    });

it('is not there for anybody else', async () => {
  for (const as of [stage.town.people.resident, stage.town.people.secretary, stage.town.people.desk]) {
    const { page, context } = await stage.visit({ as });
    for (const path of [...PAGES, '/admin/vocabulary/pack'])
      assert.equal((await page.request.get(stage.url + path)).status(), 404, path);
    await context.close();
  }
});

describe('the words of the place', () => {
  it('are used on pages as soon as they are saved, without a script', async () => {
    const as = stage.town.people.administrator;
    const { page, context } = await stage.visit({ as, scripts: false });
    await page.goto(`${stage.url}/admin/vocabulary`);
    await page.click('#role-grid_worker > summary');
    await page.fill('#role-grid_worker-name_zh', '网格管家');
    await page.click('#role-grid_worker .button >> text=保存');
    assert.match((await page.textContent('#role-grid_worker > summary')) ?? '', /网格管家.*你们自己的说法/s);
    await page.goto(`${stage.url}/admin/people`);
    assert.match((await page.textContent('main')) ?? '', /网格管家/);
    await page.goto(`${stage.url}/admin/vocabulary`);
    await page.click('#role-grid_worker > summary');
    await page.click('#role-grid_worker >> text=恢复默认');
    assert.match((await page.textContent('#role-grid_worker > summary')) ?? '', /网格员/);
    await context.close();
  });

  it('that are refused stay in the form', async () => {
    const { page, context } = await stage.visit({ as: stage.town.people.administrator, scripts: false });
    await page.goto(`${stage.url}/admin/vocabulary`);
    await page.click('#occasion-new > summary');
    await page.fill('#occasion-new-code', 'hardship');
    await page.fill('#occasion-new-name_zh', '我的话');
    await page.fill('#occasion-new-name_en', 'My words');
    await page.fill('#occasion-new-description_zh', '说明');
    await page.fill('#occasion-new-description_en', 'What it means');
    await page.click('#occasion-new .button');
    assert.equal(await page.inputValue('#occasion-new-name_en'), 'My words');
    assert.match((await page.textContent('#occasion-new .wrong')) ?? '', /已经有了|there already/);
    await context.close();
  });
});
