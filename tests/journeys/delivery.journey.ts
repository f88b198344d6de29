import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import sharp from 'sharp';
import * as funds from '#modules/funds/index.ts';
import type { Actor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { holdRound, makeVoters } from '#tests/held_round.ts';
import { findProblems } from './accessible.ts';
import { openStage, type Stage } from './browser.ts';

const DAY = 86_400_000;
let stage: Stage;
let voter: Actor;
let treasurer: Actor;
let id: string;
let photo: { name: string; mimeType: string; buffer: Buffer };

const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown) =>
  perform(stage.town.environment, { actor, community: stage.town.community, via: 'test' }, command, input);
const day = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);

before(async () => {
  stage = await openStage();
  const { town } = stage;
  // The treasurer is somebody of their own: whoever signs does not hold the purse.
  treasurer = { ...town.people.neighbour, roles: [{ role: 'treasurer', scope_kind: 'community', scope_id: null }] };
  const db = town.environment.database.of(town.community.id);
  await db
    .insertInto('role_grants')
    .values({
      ...{ community_id: town.community.id, id: crypto.randomUUID(), person_id: treasurer.id, role: 'treasurer' },
      ...{ scope_kind: 'community', scope_id: null, started_at: new Date(), granted_by_id: treasurer.id },
    })
    .execute();
  const voters = await makeVoters(town, 6, new Date(Date.now() - 60 * DAY));
  voter = voters[0]!;
  const round = await holdRound(town, voters, [['楼道扶手', 9_000]], new Date(Date.now() - 2 * DAY));
  id = round.project_ids[0]!;
  const names = (name: string) => ({ 'zh-CN': name, en: `The ${name}` });
  const bank = await act(treasurer, funds.open_account, { kind: 'bank', names: names('银行') });
  const fund = await act(treasurer, funds.open_account, { kind: 'fund', names: names('创投') });
  await act(treasurer, funds.record_donation, {
    ...{ kind: 'money', donor_name: '丁一', fund_id: fund.id, bank_account_id: bank.id, amount_fen: 20_000_00 },
  });
  const buffer = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#b33' } })
    .png()
    .toBuffer();
  photo = { name: 'done.png', mimeType: 'image/png', buffer };
});
after(() => stage.close());

/** Somebody's own browser without scripts, at the project. */
async function visit(as: Actor) {
  const { page, context } = await stage.visit({ as, locale: 'en', scripts: false });
  await page.goto(`${stage.url}/projects/${id}`);
  return { page, done: () => context.close() };
}

describe('a project that was chosen', () => {
  it('is agreed, funded, shown, paid, answered, reported and closed by forms alone', async () => {
    const { handler, secretary } = stage.town.people;
    let { page, done } = await visit(handler);
    await page.click('text=Write the agreement');
    await page.fill('#words', '每层一段扶手，两年包修。');
    await page.fill('#services', '扶手报修');
    await page.fill('#title_0', '装好扶手');
    await page.fill('#due_on_0', day(5));
    await page.fill('#tranche_0', '9,001');
    await page.click('main form button');
    assert.match(await page.innerText('.problems'), /9,000 yuan/);
    assert.equal(await page.inputValue('#words'), '每层一段扶手，两年包修。');
    await page.fill('#tranche_0', '9000');
    await page.click('main form button');
    await page.click('form[action="?/sign"] button');
    await done();
    ({ page, done } = await visit(secretary));
    await page.click('form[action="?/sign"] button');
    assert.match(await page.innerText('main'), /under way/);
    await done();
    ({ page, done } = await visit(treasurer));
    await page.click('form[action="?/fund"] button');
    await done();
    ({ page, done } = await visit(handler));
    await page.click('summary:has-text("Show that it is reached")');
    await page.fill('textarea[name=words]', '三个单元都装好了');
    await page.click('form[action="?/submit"] button');
    assert.match(await page.innerText('.problems'), /photo/);
    assert.equal(await page.inputValue('textarea[name=words]'), '三个单元都装好了');
    const files = (...more: (typeof photo)[]) => page.setInputFiles('form[action="?/submit"] input[type=file]', more);
    const paper = (text: string) => ({ name: 'test.pdf', mimeType: 'application/pdf', buffer: Buffer.from(text) });
    await files(photo, paper('<html><script>alert(1)</script>'));
    await page.click('form[action="?/submit"] button');
    assert.match(await page.innerText('.problems'), /PDF or pictures/);
    await files(photo, paper('%PDF-1.7\n<script>alert(1)</script>\n1 0 obj<<>>endobj\n%%EOF\n'));
    await page.click('form[action="?/submit"] button');
    assert.equal(await page.locator('ul.photos img').count(), 1);
    const link = page.locator('a[download]', { hasText: 'Document 1 of 装好扶手' });
    const answer = await fetch(`${stage.url}${await link.getAttribute('href')}`);
    const header = (name: string) => answer.headers.get(name) ?? '';
    assert.deepEqual([answer.status, header('content-disposition')], [200, 'attachment']);
    assert.deepEqual([header('content-type'), header('x-content-type-options')], ['application/pdf', 'nosniff']);
    assert.match(header('content-security-policy'), /default-src 'none'; sandbox/);
    assert.equal((await fetch(`${stage.url}${await link.getAttribute('href')}/thumb`)).status, 404);
    await done();
    ({ page, done } = await visit(secretary));
    await page.fill('form[action="?/decide"] input[name=reason], form[action="?/decide"] textarea', '看过了，牢');
    await page.click('form[action="?/decide"] button[value=accept]');
    await done();
    ({ page, done } = await visit(handler));
    await page.click('summary:has-text("Ask for 9,000.00 yuan")');
    await page.setInputFiles('form[action="?/tranche"] input[type=file]', photo);
    await page.click('form[action="?/tranche"] button');
    assert.match(await page.innerText('#milestone-1'), /payment waits for approval/);
    await done();
    await pay();
    ({ page, done } = await visit(voter));
    await page.click('text=Say what came of it');
    await page.check('#score_0_5');
    await page.click('main form button');
    assert.match(await page.innerText('main [role=status]'), /counted/);
    await done();
    ({ page, done } = await visit(handler));
    await page.fill('#report', '装了三个单元，老人说上下楼稳了。');
    await page.click('form[action="?/report"] button');
    await done();
    ({ page, done } = await visit(secretary));
    await page.fill('#report_reason', '同意');
    await page.click('form[action="?/decide_report"] button[value=close]');
    assert.match(await page.innerText('ol.thread'), /closed the project/);
    await page.click('ol.steps a:has-text("Closing report")');
    assert.match(await page.innerText('main'), /9,000\.00/);
    const pdf = await page.request.get(stage.url + (await page.getAttribute('a[href$="report.pdf"]', 'href')));
    assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
    assert.match(pdf.headers()['content-disposition'] ?? '', /^attachment; filename="project-\d+\.pdf"$/);
    await done();
  });

  for (const locale of ['zh-CN', 'en'] as const)
    for (const large of [false, true])
      it(`is whole and accessible for everybody, ${locale}${large ? ', large type' : ''}`, async () => {
        const paths = [
          '/projects',
          `/projects/${id}`,
          `/projects/${id}/report`,
          `/projects/${id}/outcome`,
          '/projects/x',
        ];
        assert.deepEqual(await findProblems(stage, paths, { locale, large }), []);
      });
});

/** Both signatories approve what was asked for; it is above what one may. */
async function pay() {
  const { spending_id } = await stage.town.environment.database
    .of(stage.town.community.id)
    .selectFrom('project_milestones')
    .select('spending_id')
    .where('project_id', '=', id)
    .executeTakeFirstOrThrow();
  await act(stage.town.people.secretary, funds.approve_spending, { id: spending_id });
  await act(treasurer, funds.approve_spending, { id: spending_id });
}
