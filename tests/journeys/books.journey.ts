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
