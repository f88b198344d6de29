import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { submit_request } from '#modules/requests/index.ts';
import { perform } from '#platform/command.ts';
import { findProblems } from './accessible.ts';
import { openStage, type Stage } from './browser.ts';

let stage: Stage;
before(async () => {
  stage = await openStage();
  const { environment, community, people, categories } = stage.town;
  for (const text of ['一单元门禁坏了', '二单元门禁坏了', '三单元门禁坏了'])
    await perform(environment, { actor: people.resident, community, via: 'test' }, submit_request, {
      text,
      category: { id: categories.noise },
      place: { latitude: 40.01, longitude: 116.33 },
    } as never);
});
after(() => stage.close());

const QUEUE = `/desk?mine=&words=${encodeURIComponent('门禁坏了')}`;

it('is accessible with the keys shown, in both languages, on a phone with large type and on a wide screen', async () => {
  const { desk } = stage.town.people;
  assert.deepEqual(await findProblems(stage, [QUEUE], { as: desk, locale: 'zh-CN', large: true, phone: true }), []);
  assert.deepEqual(await findProblems(stage, [QUEUE], { as: desk, locale: 'en', large: false, phone: false }), []);
  const { page, context } = await stage.visit({ as: desk, phone: false });
  await page.goto(stage.url + QUEUE);
  await page.keyboard.press('?');
  assert.ok(await page.locator('dialog#keys').isVisible());
  assert.match((await page.textContent('dialog#keys')) ?? '', /下一件.*受理.*选中或取消/s);
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('dialog#keys').isVisible(), false);
  // Choosing by keys alone: walking on keeps what is chosen.
  for (const key of ['x', 'j', 'x']) await page.keyboard.press(key);
  assert.equal(await page.locator('[name=chosen]:checked').count(), 2);
  await context.close();
});

it('takes several on at once, without scripts, and stays in the same queue', async () => {
  const { page, context } = await stage.visit({ as: stage.town.people.desk, phone: false, scripts: false });
  await page.goto(stage.url + QUEUE);
  await page.click('text=对选中的一起处理');
  await page.click('main >> text=受理选中的');
  assert.match((await page.textContent('[role=alert]')) ?? '', /还没有勾选/);
  const boxes = page.locator('[name=chosen]');
  assert.equal(await boxes.count(), 3);
  await boxes.nth(0).check();
  await boxes.nth(1).check();
  await page.click('main >> text=受理选中的');
  assert.match((await page.textContent('[role=status]')) ?? '', /办好了2件/);
  assert.equal(await page.locator('[name=chosen]').count(), 3);
  assert.equal(await page.inputValue('#words'), '门禁坏了');
  await context.close();
});

it('hands several on with one reason, and says of each that stays behind why', async () => {
  const { desk, handler } = stage.town.people;
  const { page, context } = await stage.visit({ as: desk, phone: false, scripts: false });
  const other = await stage.visit({ as: desk, phone: false, scripts: false });
  await page.goto(stage.url + QUEUE);
  for (const box of await page.locator('[name=chosen]').all()) await box.check();
  // Somebody else changes the first meanwhile: what was seen of it is stale.
  await other.page.goto(stage.url + QUEUE);
  await other.page.locator('[name=chosen]').first().check();
  const handOn = async (where: typeof page) => {
    await where.click('text=对选中的一起处理');
    await where.selectOption('#batch-to', `person/${handler.id}`);
    await where.fill('#batch-reason', '门禁归物业修');
    await where.click('main >> text=转交选中的');
  };
  await handOn(other.page);
  assert.match((await other.page.textContent('[role=status]')) ?? '', /办好了1件/);
  await handOn(page);
  const said = (await page.textContent('[role=status]')) ?? '';
  assert.match(said, /办好了2件/);
  assert.equal(await page.locator('[role=status] li').count(), 1);
  const number = await page.locator('[role=status] li a').textContent();
  await page.goto(`${stage.url}/requests/${number}`);
  assert.match((await page.textContent('main')) ?? '', /门禁归物业修/);
  await other.context.close();
  await context.close();
});

it('shows a stale edit beside what stands, and takes it once it goes by that', async () => {
  const { desk } = stage.town.people;
  const { environment, community, people, categories } = stage.town;
  const { number } = await perform(environment, { actor: people.resident, community, via: 'test' }, submit_request, {
    text: '四单元对讲不响',
    category: { id: categories.noise },
    place: { latitude: 40.01, longitude: 116.33 },
  } as never);
  const [first, second] = [
    await stage.visit({ as: desk, phone: false, scripts: false }),
    await stage.visit({ as: desk, phone: true, scripts: false }),
  ];
  for (const { page } of [first, second]) await page.goto(`${stage.url}/requests/${number}`);
  const formOf = ({ page }: typeof first, step: string) =>
    page.locator('details', { has: page.locator(`> form input[name=step][value=${step}]`) });
  await formOf(first, 'accept').locator('button').click();
  const answer = async () => {
    const details = formOf(second, 'answer');
    if ((await details.getAttribute('open')) === null) await details.locator('> summary').click();
    const text = details.locator('[name=text]');
    if ((await text.inputValue()) === '') await text.fill('换了话筒');
    await details.locator('> form > button').click();
  };
  await answer();
  const beside = (await second.page.innerText('section[aria-label="您写的和现在的"]')) ?? '';
  assert.match(beside, /您写的[\s\S]*换了话筒[\s\S]*现在的样子[\s\S]*已受理/);
  await answer();
  assert.match(await second.page.innerText('.thread'), /换了话筒/);
  assert.equal(await second.page.locator('section[aria-label="您写的和现在的"]').count(), 0);
  await first.context.close();
  await second.context.close();
});

it('keeps a filter under a name for whoever saved it, and forgets it', async () => {
  const { page, context } = await stage.visit({ as: stage.town.people.desk, locale: 'en', scripts: false });
  await page.goto(stage.url + QUEUE);
  await page.click('summary:has-text("Saved filters")');
  await page.fill('#filter_name', 'Door phones');
  await page.click('text=Keep this filter');
  await page.click('a:has-text("Door phones")');
  assert.match(decodeURIComponent(page.url()), /words=门禁坏了/);
  assert.equal(await page.getAttribute('a:has-text("Door phones")', 'aria-current'), 'true');
  const other = await stage.visit({ as: stage.town.people.secretary, locale: 'en' });
  await other.page.goto(`${stage.url}/desk`);
  assert.equal(await other.page.locator('a:has-text("Door phones")').count(), 0);
  await page.goto(`${stage.url}/requests?words=x`);
  assert.equal(await page.locator('a:has-text("Door phones")').count(), 0, 'each list has its own');
  await page.goto(`${stage.url}/desk`);
  await page.click('summary:has-text("Saved filters")');
  await page.click('text=Forget “Door phones”');
  assert.equal(await page.locator('a:has-text("Door phones")').count(), 0);
  await context.close();
  await other.context.close();
});
