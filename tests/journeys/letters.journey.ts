import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import * as letters from '#modules/letters/index.ts';
import { record_care } from '#modules/people/index.ts';
import { perform } from '#platform/command.ts';
import { exportFile } from '#workers/export_file.ts';
import { printLetters } from '#workers/print_letters.ts';
import { findProblems } from './accessible.ts';
import { openStage, type Stage } from './browser.ts';

let stage: Stage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

const words = (page: Page) => page.innerText('main');
const PICTURES = process.env.LETTER_PICTURES;
/** A picture for whoever wants to look; none without LETTER_PICTURES. */
async function picture(page: Page, name: string) {
  if (!PICTURES) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: `${PICTURES}/${name}.png`, fullPage: true });
}

/** Prints the newest campaign as its job does, and answers the code on the one letter. */
async function printed(campaign_id: string): Promise<string> {
  const { environment, community } = stage.town;
  for await (const pages of letters.lettersForPrint(environment, community, campaign_id)) return pages[0]!.code;
  throw new Error('no letter');
}

async function claim(page: Page, code: string, name: string) {
  await page.goto(`${stage.url}/claim?code=${code}`);
  await page.fill('[name="name"]', name);
  await page.fill('[name="born_in_year"]', '1956');
  await page.locator('main form button').click();
  await page.waitForLoadState();
}

describe('a home letter', () => {
  let campaign = '';

  it('is written, printed by a job and fetched at the desk, without scripts', async () => {
    const { page } = await stage.visit({ as: stage.town.people.desk, phone: false, scripts: false });
    await page.goto(`${stage.url}/letters/new`);
    await page.fill('[id="titles.zh-CN"]', '给您的一封家书');
    await page.fill('[id="titles.en"]', 'A letter home');
    await page.fill('[id="texts.zh-CN"]', '{address}的邻居：{name}这几天会来坐坐，听听您需要什么。');
    await page.fill('[id="texts.en"]', 'To {address}: we will call on you in these days.');
    await page.locator('main form button').click();
    assert.match(await words(page), /没有\{name\}这个变量/);
    assert.match(await page.inputValue('[id="texts.zh-CN"]'), /这几天会来坐坐/);
    await page.fill('[id="texts.zh-CN"]', '{address}的邻居：{worker}这几天会来坐坐，听听您需要什么，想做什么。');
    await page.locator('main form button').click();
    await page.waitForURL(/\/letters\/[0-9a-f-]{36}$/);
    campaign = new URL(page.url()).pathname.split('/').at(-1)!;
    await page.locator('form[action="?/print"] button').click();
    await page.goto(`${stage.url}/letters/${campaign}`);
    assert.match(await words(page), /正在印：0／1/);
    const { environment, community } = stage.town;
    const { prints } = (await import('#platform/query.ts').then(({ ask }) =>
      ask(environment, { actor: stage.town.people.desk, community, via: 'test' }, letters.show_campaign, {
        id: campaign,
      }),
    )) as { prints: { id: string }[] };
    await printLetters(environment, community, { campaign_id: campaign, download_id: prints[0]!.id });
    await page.goto(`${stage.url}/letters/${campaign}`);
    await picture(page, 'campaign');
    const address = await page.locator('a[download]', { hasText: '取文件' }).getAttribute('href');
    const pdf = await page.context().request.get(stage.url + address);
    assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
    if (PICTURES) (await import('node:fs')).writeFileSync(`${PICTURES}/letter.pdf`, await pdf.body());
    const worker = await stage.visit({ as: stage.town.people.east_worker });
    assert.equal((await worker.page.context().request.get(stage.url + address)).status(), 404);
    await page.locator('form[action="?/deliver"] button').first().click();
    await page.goto(`${stage.url}/letters/${campaign}?where=3栋2单元501`);
    assert.match(await words(page), /送到/);
  });

  it('verifies the resident who holds it, and the next of the home when the first says yes', async () => {
    const code = await printed(campaign);
    const { resident, neighbour } = stage.town.people;
    const out = await stage.visit({ large: true });
    await out.page.goto(`${stage.url}/claim?code=${code}`);
    assert.match(
      (await out.page.locator('main a.first').getAttribute('href')) ?? '',
      new RegExp(`/sign-in\\?to=.*${code}`),
    );
    const first = await stage.visit({ as: resident, large: true, scripts: false });
    await claim(first.page, 'ABCDE22222', '李明');
    assert.match(await words(first.page), /这个认领码不对/);
    assert.equal(await first.page.inputValue('[name="claim_code"]'), 'ABCDE22222');
    assert.equal(await first.page.inputValue('[name="name"]'), '李明');
    await picture(first.page, 'claim-large');
    await claim(first.page, code, '李明');
    assert.match(await words(first.page), /核实过的居民/);
    const second = await stage.visit({ as: neighbour, locale: 'en', scripts: false });
    await claim(second.page, `${code.slice(0, 5).toLowerCase()} ${code.slice(5)}`, 'Ann Lee');
    assert.match(await words(second.page), /Somebody of your home has to say yes/);
    await first.page.goto(`${stage.url}/me/household`);
    await picture(first.page, 'household');
    await first.page.locator('button[value="yes"]').click();
    await second.page.goto(`${stage.url}/me/household`);
    assert.match(await words(second.page), /Stands until/);
  });

  it('is written back to, and the reply becomes a request', async () => {
    const { page } = await stage.visit({ as: stage.town.people.east_worker, locale: 'en', scripts: false });
    await page.goto(`${stage.url}/letters/${campaign}`);
    await page.locator('details:has([name="reply_text"]) > summary').click();
    await page.fill('[name="reply_text"]', '楼道的灯坏了三天');
    await page.locator('form[action="?/reply"] button').click();
    await page.goto(`${stage.url}/letters/replies`);
    assert.match(await words(page), /楼道的灯坏了三天/);
    await page.fill('[name="answer"]', 'The property company comes tomorrow.');
    await page.check('[name="become"]');
    await page.locator('form[action="?/answer"] button').click();
    await page.goto(`${stage.url}/letters/replies?state=answered`);
    assert.match(await words(page), /Became request no\. \d+/);
    const own = await stage.visit({ as: stage.town.people.resident });
    await own.page.goto(`${stage.url}/me/file`);
    assert.match(await words(own.page), /看回信并答复/);
  });
});

describe('what I agreed to', () => {
  it('is given and taken back in one step each, and ends what hung on it', async () => {
    const { environment, community, people } = stage.town;
    const { page } = await stage.visit({ as: people.resident, locale: 'en', scripts: false });
    await page.goto(`${stage.url}/me/consents`);
    await page.locator('section:has(h2:text("Being visited")) form[action^="?/give"] button').click();
    assert.match(await words(page), /Agreed on/);
    await perform(environment, { actor: people.east_worker, community, via: 'test' }, record_care, {
      person_id: people.resident.id,
      kind: 'lives_alone',
    });
    await page.goto(`${stage.url}/me/consents`);
    assert.match(await words(page), /lives alone/);
    await picture(page, 'consents');
    await page.locator('form[action^="?/withdraw"] button').click();
    assert.doesNotMatch(await words(page), /lives alone/);
  });

  it('is written down by the desk for who signed on paper, and taken back as easily', async () => {
    const { people } = stage.town;
    const desk = await stage.visit({ as: people.desk, locale: 'en', scripts: false });
    await desk.page.goto(`${stage.url}/admin/people/consents?person=${people.resident.id}&reason=paper+came+in`);
    const news = desk.page.locator('section', { has: desk.page.locator('h2', { hasText: 'News of activities' }) });
    await news.locator('summary', { hasText: 'Record that they agree' }).click();
    assert.match(await news.innerText(), /Word about things you asked for/);
    await news.locator('[name="given_how"]').selectOption('signed_paper');
    await news.locator('form[action^="?/record"] button').click();
    assert.match(await news.innerText(), /signed on paper[\s\S]*written down by 周敏[\s\S]*text, version 1/);
    await picture(desk.page, 'staff-consents');
    const own = await stage.visit({ as: people.resident, scripts: false, large: true });
    await own.page.goto(`${stage.url}/me/consents`);
    assert.match(await words(own.page), /签了纸质同意书[\s\S]*周敏记的/);
    await news.locator('form[action^="?/withdraw"] button').click();
    await news.locator('summary', { hasText: 'What was given and taken back' }).click();
    assert.match(await news.innerText(), /Taken back on .*, written down by 周敏/);
    await own.page.goto(`${stage.url}/me/file`);
    assert.match(await words(own.page), /paper came in/);
    const west = await stage.visit({ as: people.west_worker });
    const there = `${stage.url}/admin/people/consents?person=${people.resident.id}&reason=look`;
    assert.equal((await west.page.goto(there))?.status(), 404);
  });

  it('and everything else is taken away as a file within minutes', async () => {
    const { environment, community, people } = stage.town;
    const { page } = await stage.visit({ as: people.resident, scripts: false });
    await page.goto(`${stage.url}/me/file`);
    await page.locator('button[value="pdf"]').click();
    assert.match(await words(page), /正在做/);
    const db = environment.database.of(community.id);
    const { id } = await db
      .selectFrom('downloads')
      .select('id')
      .where('kind', '=', 'my_file')
      .executeTakeFirstOrThrow();
    await exportFile(environment, community, {
      ...{ download_id: id, person_id: people.resident.id, format: 'pdf', locale: 'zh-CN' },
    });
    await page.goto(`${stage.url}/me/file`);
    await picture(page, 'file');
    const href = await page.locator('a[download]', { hasText: '取my-file.pdf' }).getAttribute('href');
    const pdf = await page.context().request.get(stage.url + href);
    if (PICTURES) (await import('node:fs')).writeFileSync(`${PICTURES}/file.pdf`, await pdf.body());
    assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
    const other = await stage.visit({ as: people.neighbour });
    assert.equal((await other.page.context().request.get(stage.url + href)).status(), 404);
  });
});

it('every page of it is right for everybody, in both languages and large type', async () => {
  const { people } = stage.town;
  const own = ['/claim', '/me/consents', '/me/erasure', '/me/file', '/me/household'];
  const staff = [
    '/letters',
    '/letters/new',
    '/letters/replies',
    '/letters/disputes',
    `/admin/people/care?person=${people.resident.id}&reason=look`,
    `/admin/people/consents?person=${people.resident.id}&reason=look`,
  ];
  for (const [locale, large] of [
    ['zh-CN', false],
    ['en', true],
  ] as const) {
    assert.deepEqual(await findProblems(stage, own, { as: people.neighbour, locale, large }), []);
    assert.deepEqual(await findProblems(stage, staff, { as: people.desk, locale, large, phone: large }), []);
  }
});
