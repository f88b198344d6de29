import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { record_care } from '#modules/people/index.ts';
import { perform } from '#platform/command.ts';
import { findProblems } from './accessible.ts';
import { openStage, type Stage } from './browser.ts';

const PAGES = [
  '/admin/vocabulary',
  '/admin/consents',
  '/admin/grids',
  '/admin/grids/EAST',
  '/admin/import',
  '/offline',
];
const pagesOf = () => PAGES.map((path) => path.replace('EAST', stage.town.grids.east));

let stage: Stage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

for (const locale of ['zh-CN', 'en'] as const)
  for (const large of [false, true])
    it(`is whole and accessible, ${locale}${large ? ', large type' : ''}`, async () => {
      const as = stage.town.people.administrator;
      assert.deepEqual(await findProblems(stage, pagesOf(), { as, locale, large, phone: large }), []);
    });

it('is not there for anybody else', async () => {
  for (const as of [stage.town.people.resident, stage.town.people.secretary, stage.town.people.desk]) {
    const { page, context } = await stage.visit({ as });
    for (const path of pagesOf()
      .filter((one) => one.startsWith('/admin'))
      .concat('/admin/vocabulary/pack'))
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

  it('name kinds of care, in both languages; a removed one says what stays, and keeps its name there', async () => {
    const { environment, community, people } = stage.town;
    const { page, context } = await stage.visit({ as: people.administrator, scripts: false });
    await page.goto(`${stage.url}/admin/vocabulary#care_kind`);
    await page.click('#care_kind-new > summary');
    for (const [field, words] of [
      ['code', 'pupil_family'],
      ['name_zh', '陪读家庭'],
      ['name_en', 'accompanies a pupil'],
    ] as const)
      await page.fill(`#care_kind-new-${field}`, words);
    await page.click('#care_kind-new .button');
    await perform(environment, { actor: people.desk, community, via: 'test' }, record_care, {
      ...{ person_id: people.neighbour.id, kind: 'pupil_family', consent_how: 'said_at_desk' },
    });
    await page.goto(`${stage.url}/admin/vocabulary`);
    await page.click('#care_kind-pupil_family > summary');
    assert.match((await page.textContent('#care_kind-pupil_family')) ?? '', /现在有1条记着[\s\S]*去掉以后不能再选/);
    if (process.env.PICTURES) await page.locator('#care_kind-pupil_family').screenshot({ path: '/tmp/pics/kind.png' });
    await page.click('#care_kind-pupil_family form[action^="?/reset"] button');
    assert.equal(await page.locator('#care_kind-pupil_family').count(), 0);
    const own = await stage.visit({ as: people.neighbour, locale: 'en', scripts: false });
    await own.page.goto(`${stage.url}/me/consents`);
    assert.match((await own.page.textContent('main')) ?? '', /accompanies a pupil/);
    await context.close();
  });

  it('that a colleague changed meanwhile are shown beside what was typed', async () => {
    const sees = () => stage.visit({ as: stage.town.people.administrator, scripts: false, locale: 'en' });
    const [first, second] = [await sees(), await sees()];
    for (const [{ page }, name] of [
      [first, 'Desk at the gate'],
      [second, 'Front desk'],
    ] as const) {
      await page.goto(`${stage.url}/admin/vocabulary`);
      await page.click('#role-desk_officer > summary');
      await page.fill('#role-desk_officer-name_en', name);
    }
    for (const { page } of [first, second]) await page.click('#role-desk_officer .button >> text=Save');
    const beside = (await second.page.textContent('#role-desk_officer section')) ?? '';
    assert.match(beside, /What you wrote.*Front desk.*What stands now.*Desk at the gate/s);
    await first.context.close();
    await second.context.close();
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

describe('a grid', () => {
  it('is redrawn by its corners without a script: first seen, then saved', async () => {
    const { administrator } = stage.town.people;
    const { page, context } = await stage.visit({ as: administrator, scripts: false, phone: false });
    await page.goto(`${stage.url}/admin/grids`);
    await page.click(`a[href$="${stage.town.grids.west}"]`);
    // The border that both grids share goes east, over the building.
    for (const i of [0, 1, 2, 3])
      if ((await page.inputValue(`[name=longitude_${i}]`)) === '116.32')
        await page.fill(`[name=longitude_${i}]`, '116.335');
    await page.click('main button.first');
    const preview = (await page.textContent('main [aria-labelledby=preview]')) ?? '';
    assert.match(preview, /1栋楼（1户）从东一网格到西一网格.*赵强/s);
    await page.click('button[formaction="?/save"]');
    await page.waitForURL(/saved=1/);
    await page.goto(`${stage.url}/admin/grids`);
    assert.match((await page.textContent(`tr:has(a[href$="${stage.town.grids.west}"])`)) ?? '', /1/);
    await context.close();
  });

  it('that would overlap or leave ground is told, and what was typed stays', async () => {
    const { page, context } = await stage.visit({ as: stage.town.people.administrator, scripts: false, locale: 'en' });
    await page.goto(`${stage.url}/admin/grids/${stage.town.grids.east}`);
    await page.click('summary:has-text("Redraw with GeoJSON")');
    const square = [
      [116.3, 40],
      [116.34, 40],
      [116.34, 40.02],
      [116.3, 40.02],
      [116.3, 40],
    ];
    await page.fill('#geojson', JSON.stringify({ type: 'Polygon', coordinates: [square] }));
    await page.click('main button.first');
    assert.match((await page.textContent('main')) ?? '', /overlap by [\d,]+ square metres/);
    assert.match(await page.inputValue('#geojson'), /116.34/);
    assert.equal(await page.locator('button[formaction="?/save"]').count(), 0);
    await context.close();
  });

  it('that a colleague changed meanwhile shows both, and overwrites nothing', async () => {
    const { administrator } = stage.town.people;
    const sees = () => stage.visit({ as: administrator, scripts: false, locale: 'en' });
    const [first, second] = [await sees(), await sees()];
    for (const [{ page }, name] of [
      [first, 'East by the river'],
      [second, 'East of the school'],
    ] as const) {
      await page.goto(`${stage.url}/admin/grids/${stage.town.grids.east}`);
      await page.fill('#name_en', name);
      await page.click('main button.first');
    }
    await first.page.click('button[formaction="?/save"]');
    await first.page.waitForURL(/saved=1/);
    await second.page.click('button[formaction="?/save"]');
    const beside = (await second.page.textContent('section[aria-label="What you wrote and what stands"]')) ?? '';
    assert.match(beside, /What you wrote.*East of the school.*What stands now.*East by the river/s);
    assert.equal(await second.page.inputValue('#name_en'), 'East of the school');
    await first.context.close();
    await second.context.close();
  });

  it('has its corners moved on the map by keyboard, and that undone', async () => {
    const { page, context, foreign } = await stage.visit({ as: stage.town.people.administrator, phone: false });
    await page.goto(`${stage.url}/admin/grids/${stage.town.grids.east}`);
    await page.waitForSelector('.grid-corner');
    const before = await page.inputValue('[name=latitude_0]');
    await page.locator('.grid-corner').first().press('ArrowUp');
    assert.notEqual(await page.inputValue('[name=latitude_0]'), before);
    await page.click('.grid-between >> nth=0');
    assert.equal(await page.locator('tr.corner').count(), 5);
    await page.click('button:has-text("撤销")');
    await page.click('button:has-text("撤销")');
    assert.equal(await page.locator('tr.corner').count(), 4);
    assert.equal(Number(await page.inputValue('[name=latitude_0]')), Number(before));
    assert.deepEqual(foreign, []);
    await context.close();
  });
});

describe('an organisation', () => {
  it('that a colleague changed meanwhile shows both, on the page of the list it was on', async () => {
    const sees = () => stage.visit({ as: stage.town.people.administrator, scripts: false, locale: 'en' });
    const [first, second] = [await sees(), await sees()];
    const { page } = first;
    await page.goto(`${stage.url}/admin/organisations`);
    await page.click('summary >> nth=0');
    await page.fill('#name_zh-new', '晨光合唱团');
    await page.fill('#name_en-new', 'Morning Choir');
    await page.click('form[action^="?/write"] button >> nth=0');
    const list = `${stage.url}/admin/organisations?words=${encodeURIComponent('晨光')}`;
    for (const [one, name] of [
      [first, 'Choir of the morning'],
      [second, 'The choir'],
    ] as const) {
      await one.page.goto(list);
      await one.page.click('article summary');
      await one.page.fill('article input[name=name_en]', name);
    }
    await page.click('article form[action^="?/write"] button');
    await second.page.click('article form[action^="?/write"] button');
    const beside = (await second.page.textContent('section[aria-label="What you wrote and what stands"]')) ?? '';
    assert.match(beside, /What you wrote.*The choir.*What stands now.*Choir of the morning/s);
    assert.match(second.page.url(), /words=/);
    await first.context.close();
    await second.context.close();
  });
});

describe('a roster', () => {
  const give = async (text: string) => {
    const { page, context } = await stage.visit({ as: stage.town.people.administrator, scripts: false });
    await page.goto(`${stage.url}/admin/import?kind=doors`);
    await page.setInputFiles('#file', { name: 'doors.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.click('main form button.first');
    return { page, context };
  };
  it('with a wrong row is reported line by line, and nothing is written', async () => {
    const { page, context } = await give('楼栋,单元,门牌\n3,1,101\n3,九,102\n,1,103\n');
    const rows = await page.locator('tbody tr').allTextContents();
    assert.equal(rows.length, 2);
    assert.match(rows.join(' '), /3\s*单元.*4\s*楼栋/s);
    await context.close();
  });
  it('is tried first, then brought in', async () => {
    const { page, context } = await give('小区,楼栋,单元,门牌\n荷塘里,3,1,101\n荷塘里,3,1,102\n');
    assert.match((await page.textContent('.said')) ?? '', /试过了.*新写入的门: 2/s);
    await page.click('.said button.first');
    assert.match((await page.textContent('.said')) ?? '', /已导入.*新写入的门: 2/s);
    const again = await give('小区,楼栋,单元,门牌\n荷塘里,3,1,101\n荷塘里,3,1,102\n');
    assert.match((await again.page.textContent('.said')) ?? '', /新写入的门: 0/);
    await context.close();
    await again.context.close();
  });
  it('begins with a sample that reads back', async () => {
    const { page, context } = await stage.visit({ as: stage.town.people.administrator });
    for (const query of [
      'kind=doors&format=csv',
      'kind=doors&format=xlsx',
      'kind=residents&format=xlsx',
      'kind=grids&format=geojson',
    ])
      assert.equal((await page.request.get(`${stage.url}/admin/import/sample?${query}`)).status(), 200, query);
    await context.close();
  });
});

it('without a signal there is a page of ours, and no page of anybody’s was kept', async () => {
  const { page, context } = await stage.visit({ as: stage.town.people.resident, locale: 'en', large: true });
  await page.goto(`${stage.url}/me`);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await context.setOffline(true);
  await page.goto(`${stage.url}/me/file`);
  assert.match((await page.textContent('main h1')) ?? '', /No signal/);
  assert.equal(await page.getAttribute('html', 'data-type'), 'large');
  const kept = await page.evaluate(async () => {
    const paths: string[] = [];
    for (const name of await caches.keys())
      for (const request of await (await caches.open(name)).keys()) paths.push(new URL(request.url).pathname);
    return paths.filter((path) => !path.startsWith('/_app/'));
  });
  assert.deepEqual(kept.sort(), ['/icon.svg', '/offline']);
  await context.setOffline(false);
  await page.click('main a.first');
  assert.equal(page.url(), `${stage.url}/me/file`);
  await context.close();
});
