import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { open_account, record_donation } from '#modules/funds/index.ts';
import type { Actor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { findProblems } from './accessible.ts';
import { openStage, type Stage } from './browser.ts';

let stage: Stage;
let treasurer: Actor;
let fund: string;
let bank: string;
before(async () => {
  stage = await openStage();
  const { administrator } = stage.town.people;
  await stage.town.environment.database
    .of(stage.town.community.id)
    .insertInto('role_grants')
    .values({
      ...{
        community_id: stage.town.community.id,
        id: crypto.randomUUID(),
        person_id: administrator.id,
        role: 'treasurer',
      },
      ...{ scope_kind: 'community', started_at: new Date(0), granted_by_id: administrator.id },
    })
    .execute();
  treasurer = { ...administrator, roles: [{ role: 'treasurer', scope_kind: 'community', scope_id: null }] };
  const open = async (kind: string, zh: string, en: string) =>
    (await act(open_account, { kind, names: { 'zh-CN': zh, en } })).id;
  [bank, fund] = [await open('bank', '工商银行', 'Bank'), await open('fund', '睦邻基金', 'Neighbours’ fund')];
  await act(record_donation, {
    ...{ kind: 'money', donor_name: '王小明', fund_id: fund, bank_account_id: bank, amount_fen: 120_050 },
  });
});
after(() => stage.close());

const act = <I, A>(command: Command<I, A>, input: unknown) =>
  perform(stage.town.environment, { actor: treasurer, community: stage.town.community, via: 'test' }, command, input);
const today = () => new Intl.DateTimeFormat('sv', { timeZone: 'Asia/Shanghai' }).format(new Date());

describe('bank and books', () => {
  it('are compared without scripts: a wrong file is told row by row, a right one proposes, and lines become gifts', async () => {
    const { page, context } = await stage.visit({ as: treasurer, locale: 'en', scripts: false });
    await page.goto(`${stage.url}/funds/reconcile`);
    const bring = async (rows: string) => {
      if (!(await page.isVisible('#file'))) await page.click('summary:has-text("Bring a statement in")');
      await page.setInputFiles('#file', {
        ...{ name: 'bank.csv', mimeType: 'text/csv' },
        buffer: Buffer.from(`交易日期,摘要,收入,支出,余额,对方户名\n${rows}`),
      });
      await page.click('button:has-text("Bring a statement in")');
    };
    await bring(`${today()},捐款,12x,,,\n2026-02-31,,5,,,\n`);
    assert.match(await page.innerText('[role=alert]'), /2 rows[\s\S]*not an amount[\s\S]*not a day/);
    await bring(`${today()},捐款,1200.50,,1200.50,王*明\n${today()},,80,,1280.50,李四\n`);
    assert.match(await page.innerText('[role=status]'), /2 lines read, 2 of them new/);
    await page.locator('article', { hasText: '王*明' }).getByText('It is this one').click();
    const other = page.locator('article', { hasText: '李四' });
    await other.locator('summary').click();
    await other.locator('select[name=fund_id]').first().selectOption(fund);
    await other.getByText('Write the gift down').click();
    assert.match(await page.innerText('main'), /No line is open/);
    await page.goto(`${stage.url}/funds/reconcile?state=matched`);
    assert.equal(await page.locator('article').count(), 2);
    await context.close();
  });

  it('is not there for others', async () => {
    const { page, context } = await stage.visit({ as: stage.town.people.resident });
    assert.equal((await page.goto(`${stage.url}/funds/reconcile`))?.status(), 404);
    await context.close();
  });

  for (const locale of ['zh-CN', 'en'] as const)
    for (const large of [false, true])
      it(`is whole and accessible, ${locale}${large ? ', large type' : ''}`, async () => {
        const paths = ['/funds/reconcile', '/funds/reconcile?state=matched', '/funds/reconcile?state=left'];
        assert.deepEqual(await findProblems(stage, paths, { as: treasurer, locale, large }), []);
      });
});

describe('promises, advances, grants, disclosures and statements', () => {
  const PATHS = [
    ...['/funds/pledges', '/funds/pledges?kind=goods', '/funds/pledges?settled=1', '/funds/advances', '/funds/grants'],
    ...['/funds/disclosures', '/funds/statements', '/funds/statements?mine=1'],
  ];

  it('are written without scripts: a promise kept in part, a grant in instalments, a campaign disclosed', async () => {
    const { page, context } = await stage.visit({ as: treasurer, locale: 'en', scripts: false });
    const said = () => page.innerText('[role=status]');
    await page.goto(`${stage.url}/funds/pledges`);
    await page.fill('#donor_name', '赵六');
    await page.fill('#amount_fen', 'lots');
    await page.fill('#due_on', '2099-01-01');
    await page.click('section[aria-labelledby=make] button.first');
    assert.equal(await page.inputValue('#donor_name'), '赵六');
    await page.fill('#amount_fen', '300');
    await page.click('section[aria-labelledby=make] button.first');
    assert.match(await said(), /Written down/);
    const promise = page.locator('article', { hasText: '赵六' });
    await promise.locator('summary').click();
    await promise.locator('input[name=amount_fen]').fill('100');
    await promise.getByText('Write the gift down').click();
    assert.match(await page.innerText('article'), /Kept in part[\s\S]*¥100.00 came/);

    await page.goto(`${stage.url}/funds/grants`);
    await page.fill('#title', 'Meals for elders');
    await page.fill('#description', 'A year of lunches');
    await page.fill('#party_name', 'Canteen');
    await page.fill('#amount_fen', '100');
    await page.fill('#instalment_1', '60');
    await page.fill('#due_1', today());
    await page.click('section[aria-labelledby=write] button.first');
    assert.match(await page.innerText('[role=alert]'), /not the whole grant/);
    await page.fill('#instalment_2', '40');
    await page.fill('#due_2', '2099-01-01');
    await page.fill('#condition_2', 'A report');
    await page.click('section[aria-labelledby=write] button.first');
    assert.match(await page.innerText('article'), /given to Canteen[\s\S]*Waits for: A report/);
    const open_data = (await (await fetch(`${stage.url}/funds/360giving.json`)).json()) as {
      grants: { title: string }[];
    };
    assert.deepEqual(
      open_data.grants.map((one) => one.title),
      ['Meals for elders'],
    );

    await page.goto(`${stage.url}/funds/disclosures`);
    for (const name of ['name_zh', 'purpose_zh']) await page.fill(`#${name}`, '助老');
    for (const name of ['name_en', 'purpose_en']) await page.fill(`#${name}`, 'For elders');
    await page.fill('#starts_on', '2025-01-01');
    await page.click('section[aria-labelledby=start] button.first');
    await page.getByText('Look and publish').first().click();
    await page.check('#sure');
    await page.getByText('Publish', { exact: true }).click();
    assert.match(await page.innerText('main'), /SHA-256/);
    published = page.url().slice(stage.url.length);
    await context.close();
  });

  it('are read and taken away by anybody', async () => {
    const { page, context } = await stage.visit({ locale: 'en' });
    await page.goto(`${stage.url}/funds/statements?fund=${fund}`);
    assert.match(await page.innerText('main'), /In · Gift[\s\S]*¥1,380.50/);
    const csv = await (await fetch(`${stage.url}/funds/statements/statement.csv?fund=${fund}`)).text();
    assert.match(csv, /1380\.5/);
    assert.equal((await fetch(`${stage.url}/funds/statements/statement.xlsx?fund=${fund}`)).status, 200);
    for (const path of ['/funds/pledges', '/funds/advances', '/funds/disclosures/draft', '/funds/statements?mine=1'])
      assert.equal((await page.goto(stage.url + path))?.status(), 404, path);
    await context.close();
  });

  let published = '';
  for (const locale of ['zh-CN', 'en'] as const)
    for (const large of [false, true])
      it(`are whole and accessible, ${locale}${large ? ', large type' : ''}`, async () => {
        const paths = [...PATHS, published, `/funds/statements?fund=${fund}`];
        assert.deepEqual(await findProblems(stage, paths, { as: treasurer, locale, large }), []);
        if (!process.env.PICTURES) return;
        for (const phone of [true, false]) {
          const { page, context } = await stage.visit({ as: treasurer, locale, large, phone });
          for (const [i, path] of ['/funds/reconcile', ...paths].entries()) {
            await page.goto(stage.url + path);
            await page.screenshot({
              path: `${process.env.PICTURES}/${i}-${locale}-${large}-${phone}.png`,
              fullPage: true,
            });
          }
          await context.close();
        }
      });
});
