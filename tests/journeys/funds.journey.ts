import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import * as funds from '#modules/funds/index.ts';
import { appendAll, signOpenHead } from '#modules/log/index.ts';
import type { Actor, Role } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { withClient } from '#platform/postgres/roles.ts';
import { findProblems } from './accessible.ts';
import { openStage, type Stage } from './browser.ts';

let stage: Stage;
let treasurer: Actor;
let bank: string;
let fund: string;
const made: Record<'gift' | 'goods' | 'spending' | 'waiting' | 'transfer' | 'held', string> = {} as never;

const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown, id?: string) =>
  perform(stage.town.environment, { actor, community: stage.town.community, via: 'test', id }, command, input);
const open = async (kind: string, zh: string, en: string, more: object = {}) =>
  (await act(treasurer, funds.open_account, { kind, names: { 'zh-CN': zh, en }, ...more })).id;

const drawn = (background: string) =>
  sharp({ create: { width: 300, height: 400, channels: 3, background } })
    .png()
    .toBuffer();

/** Somebody of the neighbourhood with another role, by a name that they show. */
async function withRole(person: Actor, role: Role, public_name: string): Promise<Actor> {
  const { community, owner_url } = stage.town;
  await withClient(owner_url, async (client) => {
    await client.query("select set_config('app.community_id', $1, false)", [community.id]);
    await client.query('update people set public_name = $2 where id = $1', [person.id, public_name]);
    await client.query('update role_grants set role = $2 where person_id = $1', [person.id, role]);
  });
  return { ...person, roles: [{ role, scope_kind: 'community', scope_id: null }] };
}

before(async () => {
  stage = await openStage();
  const { people, environment, community } = stage.town;
  treasurer = await withRole(people.handler, 'treasurer', '沈会计');
  bank = await open('bank', '基本户', 'Main account');
  fund = await open('fund', '邻里基金', 'Neighbours’ fund');
  const line = await open('budget_line', '楼道扶手', 'Handrails', { fund_id: fund, category: 'repairs' });
  await open('advance', '茶话会备用金', 'Tea money', { holder_id: people.desk.id });
  const give = { kind: 'money', fund_id: fund, bank_account_id: bank };
  made.gift = (await act(treasurer, funds.record_donation, { ...give, donor_name: '丁一', amount_fen: 2_000_000 })).id;
  await act(treasurer, funds.record_donation, { ...give, donor_name: '不留名', is_hidden: true, amount_fen: 12_345 });
  const goods = { kind: 'goods', description: '十把折叠椅', donor_name: '木匠铺', person_id: people.resident.id };
  made.goods = (await act(treasurer, funds.record_donation, goods)).id;
  await act(treasurer, funds.post_transfers, {
    transfers: [{ kind: 'allocation', debit_account_id: fund, credit_account_id: line, amount_fen: 500_000 }],
  });
  const { storePhoto } = await import('#faces/server/photos.ts');
  const { hash } = await storePhoto({ environment, community, actor: people.desk }, await drawn('#ffe'));
  const ask = (amount_fen: number, purpose: string, more: object = {}) =>
    act(people.desk, funds.request_spending, {
      ...{ debit_account_id: fund, credit_account_id: bank, amount_fen, purpose, category: 'meetings' },
      ...{ payee_name: '老街茶庄', is_payee_public: true, file_hashes: [hash], is_photo_public: true, ...more },
    });
  made.spending = (await ask(30_000, '茶话会的茶叶')).id;
  await act(people.secretary, funds.approve_spending, { id: made.spending });
  const rail = await ask(80_000, '三号楼扶手', { debit_account_id: line, category: 'repairs', is_photo_public: false });
  await act(people.secretary, funds.approve_spending, { id: rail.id });
  made.waiting = (await ask(700_000, '社区客厅的桌椅')).id;
  const hold = { kind: 'return', flow: 'pending', debit_account_id: fund, credit_account_id: bank, amount_fen: 100 };
  made.held = (await act(treasurer, funds.post_transfers, { transfers: [hold] })).ids[0]!;
  const shown = await environment.database
    .of(community.id)
    .selectFrom('spendings')
    .select('transfer_id')
    .where('id', '=', made.spending)
    .executeTakeFirstOrThrow();
  made.transfer = shown.transfer_id!;
  await appendAll(environment, community);
  await signOpenHead(environment, community);
});
after(() => stage.close());

describe('the money', () => {
  for (const locale of ['zh-CN', 'en'] as const)
    for (const large of [false, true])
      it(`is whole and accessible, ${locale}${large ? ', large type' : ''}`, async () => {
        const year = new Date().getFullYear();
        const everybody = [
          ...['/funds', `/funds?period=${year}`, `/funds?period=${year - 1}`, `/funds/${fund}`],
          ...[`/funds/${fund}?from=2020-01-01&until=2020-02-01`, `/funds/${fund}?at=2020-01-01T10:00`],
          ...['/funds/gifts', `/funds/gifts/${made.gift}`, `/funds/gifts/${made.goods}`, '/funds/spendings'],
          ...[`/funds/spendings/${made.spending}`, `/funds/transfers/${made.transfer}`, '/me/gifts'],
          ...[`/funds/receipts/${made.goods}`, '/funds/desk', `/funds/${bank}`],
        ];
        // In large type a page of each shape.
        const shown = large ? everybody.filter((_path, i) => i % 3 === 0) : everybody;
        assert.deepEqual(await findProblems(stage, shown, { as: stage.town.people.resident, locale, large }), []);
        const desk = [
          ...[
            '/funds/desk',
            '/funds/desk/gift',
            '/funds/desk/gift?kind=hours',
            '/funds/desk/spending',
            `/funds/${bank}`,
          ],
          ...['/funds/desk/spending?kind=advance', '/funds/desk/transfer', '/funds/desk/account?kind=advance'],
          ...['/funds/desk/account', `/funds/transfers/${made.held}`, `/funds/transfers/${made.transfer}`],
          ...[`/funds/spendings/${made.waiting}`, `/funds/receipts/${made.gift}`],
        ];
        const desks = large ? desk.filter((_path, i) => i % 3 === 0) : desk;
        assert.deepEqual(await findProblems(stage, desks, { as: treasurer, locale, large }), []);
      });

  it('is given: the treasurer writes it down, nothing typed is lost, the resident finds it', async () => {
    const { page, context } = await stage.visit({ as: treasurer, locale: 'en', scripts: false });
    await page.goto(`${stage.url}/funds/desk/gift`);
    await page.fill('#donor_name', '李明');
    await page.fill('#amount_fen', '12,5');
    await page.selectOption('#fund_id', fund);
    await page.click('main form.card button');
    assert.match(await page.innerText('[role=alert]'), /not an amount/);
    assert.equal(await page.inputValue('#donor_name'), '李明');
    await page.fill('#amount_fen', '1,409.50');
    await page.click('main form.card button');
    assert.match(await page.innerText('main'), /壹仟肆佰零玖元伍角整/);
    const id = page.url().split('/').at(-1)!.split('?')[0]!;
    const answer = await page.request.get(`${stage.url}/funds/receipts/${id}/pdf`);
    assert.equal((await answer.body()).subarray(0, 5).toString(), '%PDF-');
    await context.close();
    const guest = await stage.visit({ locale: 'en', scripts: false });
    await guest.page.goto(`${stage.url}/funds`);
    assert.match(await guest.page.innerText('main'), /李明[\s\S]*¥1,409\.50/);
    assert.equal((await guest.page.request.get(`${stage.url}/funds/receipts/${id}/pdf`)).status(), 404);
    await guest.context.close();
    const own = await stage.visit({ as: stage.town.people.resident, locale: 'zh-CN' });
    await own.page.goto(`${stage.url}/me/gifts`);
    assert.match(await own.page.innerText('main'), /十把折叠椅/);
    await own.context.close();
  });

  it('is given for one thing alone, and everybody reads so from the ledger to the receipt', async () => {
    const { page, context } = await stage.visit({ as: treasurer, locale: 'en', scripts: false });
    await page.goto(`${stage.url}/funds/desk/gift`);
    await page.fill('#donor_name', '周扶手');
    await page.fill('#amount_fen', '88');
    await page.selectOption('#fund_id', fund);
    await page.selectOption('#budget_line_id', { label: 'Handrails' });
    await page.fill('#description', 'For stair 3, please');
    await page.click('main form.card button');
    assert.match(await page.innerText('main'), /For one thing alone\s+Handrails/);
    const id = page.url().split('/').at(-1)!.split('?')[0]!;
    const answer = await page.request.get(`${stage.url}/funds/receipts/${id}/pdf`);
    assert.equal((await answer.body()).subarray(0, 5).toString(), '%PDF-');
    await context.close();
    const guest = await stage.visit({ locale: 'en', scripts: false });
    await guest.page.goto(`${stage.url}/funds`);
    assert.match(await guest.page.innerText('main'), /周扶手[\s\S]*only for: Handrails/);
    await guest.page.goto(`${stage.url}/funds/${fund}`);
    await guest.page.click('text=Handrails · given for this alone');
    assert.match(await guest.page.innerText('main'), /can be spent on nothing else/);
    const paths = [guest.page.url().replace(stage.url, ''), `/funds/gifts/${id}`, `/funds/${fund}`];
    await guest.context.close();
    assert.deepEqual(await findProblems(stage, paths, { locale: 'zh-CN', large: true }), []);
  });

  it('above the limit is spent by two others, never by who asked, and a refusal says why in place', async () => {
    const { people } = stage.town;
    const asker = await stage.visit({ as: people.secretary, locale: 'en', scripts: false });
    await asker.page.goto(`${stage.url}/funds/desk/spending`);
    await asker.page.fill('#purpose', 'A stove for the tea room');
    await asker.page.fill('#amount_fen', '6,000');
    await asker.page.selectOption('#category', 'meetings');
    await asker.page.selectOption('#debit_account_id', fund);
    await asker.page.fill('#payee_name', 'Stove shop');
    await asker.page.click('main form.card button');
    assert.match(await asker.page.innerText('[role=alert]'), /Photograph the receipt/);
    assert.equal(await asker.page.inputValue('#purpose'), 'A stove for the tea room');
    await asker.page.setInputFiles('#photos', { name: 'a.png', mimeType: 'image/png', buffer: await drawn('#eef') });
    await asker.page.click('main form.card button');
    const path = new URL(asker.page.url()).pathname;
    assert.match(path, /^\/funds\/spendings\/[0-9a-f-]{36}$/);
    assert.match(await asker.page.innerText('main'), /2 people have to approve it, among .*沈会计 \(treasurer\)/);
    assert.equal(await asker.page.locator('form[action="?/approve"]').count(), 0);
    await asker.context.close();
    const first = await stage.visit({ as: treasurer, locale: 'en', scripts: false });
    await first.page.goto(stage.url + path);
    await first.page.check('#sure');
    await first.page.click('form[action="?/approve"] button');
    assert.match(await first.page.innerText('main'), /One more person has to approve it/);
    assert.equal(await first.page.locator('form[action="?/approve"]').count(), 0);
    await first.context.close();
    const chair = await withRole(people.administrator, 'secretary', '周书记');
    const second = await stage.visit({ as: chair, locale: 'zh-CN' });
    await second.page.goto(stage.url + path);
    assert.match(await second.page.innerText('main'), /您一批准，¥6,000\.00 就付出去/);
    await second.page.check('#sure');
    await second.page.click('form[action="?/approve"] button');
    assert.match(await second.page.innerText('main'), /已付款/);
    await second.context.close();
  });

  it('is followed by a stranger, from a gift to a receipt and to the log', async () => {
    const { page, context } = await stage.visit({ locale: 'en' });
    await page.goto(`${stage.url}/funds`);
    await page.click('text=All gifts');
    await page.click('a:has-text("丁一")');
    assert.match(await page.innerText('main'), /What it became[\s\S]*¥800\.00[\s\S]*Handrails[\s\S]*¥300\.00/);
    await page.click('.thread a:has-text("茶话会的茶叶")');
    assert.match(await page.innerText('main'), /老街茶庄[\s\S]*Whose gifts paid for it[\s\S]*¥300\.00 · 丁一/);
    const photo = await page.getAttribute('.photos img', 'src');
    assert.equal((await page.request.get(stage.url + photo)).status(), 200);
    await page.click('text=Check it');
    await page.click('#check');
    await page.waitForSelector('#verdict:not([hidden])');
    assert.match(await page.innerText('#verdict'), /in the log|is there/i);
    const file = await page.request.get(`${stage.url}/funds/${fund}/statement.csv`);
    assert.match(await file.text(), /Main account/);
    assert.equal((await page.request.get(`${stage.url}/funds/${bank}`)).status(), 404);
    await context.close();
  });

  it('that was wrong is taken back with a tick and a reason, once', async () => {
    const { page, context } = await stage.visit({ as: treasurer, locale: 'en', scripts: false });
    await page.goto(`${stage.url}/funds/transfers/${made.transfer}`);
    await page.click('summary:has-text("Take it back")');
    await page.fill('#reason', 'Paid twice');
    await page.check('#sure');
    await page.click('form[action="?/reverse"] button');
    assert.match(await page.innerText('main'), /Takes back/);
    await page.goto(`${stage.url}/funds/transfers/${made.transfer}`);
    assert.equal(await page.locator('form[action="?/reverse"]').count(), 0);
    assert.match(await page.innerText('main'), /Taken back by/);
    await context.close();
  });
});
