import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { ask_for_correction } from '#modules/people/index.ts';
import type { Actor } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import { openStage, type Stage } from './browser.ts';

let stage: Stage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

const words = (page: Page) => page.innerText('main');

/** Opens what is folded up and fills in one of a page's forms, as somebody without scripts does. */
async function fill(page: Page, action: string, fields: Record<string, string>) {
  const form = page.locator(`form[action^="?/${action}"]`).first();
  const folded = page.locator(`details:not([open]):has(form[action^="?/${action}"]) > summary`);
  if (!(await form.isVisible())) await folded.first().click();
  for (const [name, value] of Object.entries(fields)) {
    const field = form.locator(`[name="${name}"]`).first();
    if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(value);
    else await field.fill(value);
  }
  await form.locator('button').first().click();
  await page.waitForLoadState();
}

describe('what is written about somebody', () => {
  it('is looked up by staff with a reason, and read by whom it is about', async () => {
    const { people } = stage.town;
    const desk = await stage.visit({ as: people.desk, phone: false, scripts: false, locale: 'en' });
    await desk.page.goto(`${stage.url}/admin/people`);
    await fill(desk.page, 'write', { name: '何玉兰', phone: '138 0000 5555', born_in_year: '1944' });
    assert.match(await words(desk.page), /Saved/);
    const look = (why: string) => fill(desk.page, 'find', { who: '何玉兰', reason: why });
    await look('rang the desk');
    assert.match(await words(desk.page), /何\*\*/);
    assert.doesNotMatch(await words(desk.page), /138 ?0000 ?5555|何玉兰/);
    await fill(desk.page, 'join', { where: '荷塘里3栋2单元501', how: 'saw her papers' });
    assert.match(await words(desk.page), /Saved[\s\S]*home checked/, 'she stays on the page');
    await fill(desk.page, 'proxy', { phone: '138 0000 9999', how: 'she said so here' });
    assert.match(await words(desk.page), /Nobody signed in with this number/);
    assert.equal(await desk.page.inputValue('form[action="?/proxy"] [name=how]'), 'she said so here');
    await fill(desk.page, 'find', { who: '3-2-501', reason: 'at the door' });
    assert.match(await words(desk.page), /何\*\*/, 'found by her door, though it is nothing but digits');
    await fill(desk.page, 'find', { who: '138 0000 555', reason: 'rang again' });
    assert.equal(await desk.page.getAttribute('.problems a', 'href'), '#who');
    await look('to call back');
    await fill(desk.page, 'unmask', {});
    assert.match(await words(desk.page), /何玉兰/);
    assert.match(await words(desk.page), /\+8613800005555/);

    const db = stage.town.environment.database.of(stage.town.community.id);
    const { id } = await db
      .selectFrom('people')
      .select('id')
      .where('born_in_year', '=', 1944)
      .executeTakeFirstOrThrow();
    const her: Actor = { kind: 'person', id, roles: [] };
    const own = await stage.visit({ as: her, scripts: false, large: true });
    await own.page.goto(`${stage.url}/me/file`);
    const file = await words(own.page);
    for (const reason of ['rang the desk', 'to call back']) assert.match(file, new RegExp(reason));
    assert.match(file, /周敏/);
    assert.match(file, /\+8613800005555/);
    await fill(own.page, 'correct', { field: 'born_in_year', proposed: '1945', reason: '身份证上是1945年' });
    assert.match(await words(own.page), /等待处理/);
    await own.page.goto(`${stage.url}/me/household`);
    assert.match(await words(own.page), /荷塘里3栋2单元501/);
    await own.page.goto(`${stage.url}/me/notices`);
    await fill(own.page, 'choose', { quiet_from_minute: '20:30', quiet_until_minute: '08:00' });
    assert.match(await words(own.page), /已保存/);

    await desk.page.goto(`${stage.url}/admin/people`);
    assert.match(await words(desk.page), /1945/);
    await desk.page.click('[formaction="?/whose"]');
    assert.match(await words(desk.page), /何\*\*/);
    await fill(desk.page, 'decide', { reason: 'saw the card' });
    await own.page.goto(`${stage.url}/me/file`);
    assert.match(await words(own.page), /1945/);
    assert.match(await words(own.page), /处理更正申请/);
  });

  it('and wrong waits for the desk in pages, the longest waiting first', async () => {
    const { environment, community, people } = stage.town;
    for (let year = 1931; year <= 1951; year++)
      await perform(environment, { actor: people.resident, community, via: 'test' }, ask_for_correction, {
        ...{ field: 'born_in_year', proposed: String(year), reason: '登记错了' },
      });
    const { page } = await stage.visit({ as: people.desk, scripts: false });
    await page.goto(`${stage.url}/admin/people`);
    assert.match(await words(page), /共21条在等/);
    assert.deepEqual([/1931/.test(await words(page)), /1951/.test(await words(page))], [true, false]);
    await page.click('main a[rel="next"]');
    assert.deepEqual([/1931/.test(await words(page)), /1951/.test(await words(page))], [false, true]);
    await fill(page, 'decide', { reason: '看过身份证' });
    assert.match(await words(page), /共20条在等/);
  });

  it('is not seen by staff who act for somebody, and that they did is told', async () => {
    const { people } = stage.town;
    const desk = await stage.visit({ as: people.desk, scripts: false });
    await desk.page.goto(`${stage.url}/admin/people`);
    await fill(desk.page, 'write', { name: '郑国平' });
    await fill(desk.page, 'find', { who: '郑国平', reason: '来电请代办' });
    await fill(desk.page, 'act_for', {});
    assert.match(desk.page.url(), /\/ask$/);
    assert.match(await desk.page.innerText('body'), /替郑\*\*办事/);
    await desk.page.goto(`${stage.url}/me/file`);
    assert.match(desk.page.url(), /\/me\/family$/);
    await fill(desk.page, 'stop', {});
    assert.doesNotMatch(await desk.page.innerText('body'), /替郑\*\*办事/);
    const handler = await stage.visit({ as: people.handler });
    assert.equal((await handler.page.goto(`${stage.url}/admin/people`))?.status(), 404);
    const worker = await stage.visit({ as: people.east_worker });
    assert.equal((await worker.page.goto(`${stage.url}/admin/people`))?.status(), 200);
    assert.equal((await worker.page.goto(`${stage.url}/admin/organisations`))?.status(), 404);
  });
});

describe('an administrator', () => {
  it('writes an organisation down and gives somebody a role in it', async () => {
    const { people } = stage.town;
    const { page } = await stage.visit({ as: people.administrator, phone: false, scripts: false, locale: 'en' });
    await page.goto(`${stage.url}/admin/organisations`);
    await page.locator('details:has(input[id="name_zh-new"]) > summary').click();
    await page.fill('[id="name_zh-new"]', '晨光合唱团');
    await page.fill('[id="name_en-new"]', 'Morning Light Choir');
    await page.selectOption('[id="kind-new"]', 'club');
    await page.locator('form:has([id="name_zh-new"]) button').click();
    await page.goto(`${stage.url}/admin/organisations?words=Light&kind=club`);
    assert.match(await words(page), /Morning Light Choir/);
    await page.goto(`${stage.url}/admin/people`);
    await fill(page, 'write', { name: '唐晓' });
    await fill(page, 'find', { who: '唐晓', reason: 'leads the choir' });
    const scope = await page.locator('optgroup option', { hasText: 'Morning Light Choir' }).getAttribute('value');
    await fill(page, 'role', { role: 'handler', scope: scope! });
    assert.match(await words(page), /handler\s+唐\*\s+Morning Light Choir/);
  });
});

describe('the text that people agree to', () => {
  it('is published in both languages, and is what residents read from then on', async () => {
    const { people } = stage.town;
    const { page, context } = await stage.visit({ as: people.administrator, scripts: false });
    await page.goto(`${stage.url}/admin/consents`);
    const news = page.locator('section[aria-labelledby="text-activity_news"]');
    await news.locator('summary').first().click();
    const [chinese, english] = [
      '附近有课程和活动，我们发一条消息告诉您，随时可以撤回。',
      'We send word of courses nearby.',
    ];
    await news.locator('[name="text_zh"]').fill(chinese);
    await news.locator('[name="text_en"]').fill('Short.');
    await news.locator('button.first').click();
    assert.match(await news.innerText(), /太短|至少/);
    assert.equal(await news.locator('[name="text_zh"]').inputValue(), chinese);
    await news.locator('[name="text_en"]').fill(english);
    await news.locator('button.first').click();
    assert.match(await news.innerText(), /说明第2版/);
    const own = await stage.visit({ as: people.neighbour, locale: 'en', scripts: false });
    await own.page.goto(`${stage.url}/me/consents`);
    assert.match((await own.page.textContent('main')) ?? '', new RegExp(english));
    if (process.env.PICTURES) await page.screenshot({ path: '/tmp/pics/texts.png', fullPage: true });
    await context.close();
  });
});
