import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { admit_member, start_term, write_organisation, write_post } from '#modules/groups/index.ts';
import { type Command, perform } from '#platform/command.ts';
import { findProblems } from './accessible.ts';
import { openStage, type Stage } from './browser.ts';

let stage: Stage;
let council: string;
before(async () => {
  stage = await openStage();
  const { people } = stage.town;
  const names = (zh: string, en: string) => ({ 'zh-CN': zh, en });
  ({ id: council } = await act(write_organisation, { kind: 'council', names: names('共治理事会', 'Council') }));
  const { id: bank } = await act(write_organisation, { kind: 'partner_unit', names: names('银行支行', 'Bank Branch') });
  await act(admit_member, { organisation_id: council, member_organisation_id: bank });
  const post = { organisation_id: council, code: 'chair', names: names('理事长', 'Chair'), seats: 2, speaks_for: true };
  const { id: post_id } = await act(write_post, post);
  await act(start_term, { post_id, person_id: people.secretary.id });
});
after(() => stage.close());

const act = <I, A>(command: Command<I, A>, input: unknown) =>
  perform(
    stage.town.environment,
    { actor: stage.town.people.administrator, community: stage.town.community, via: 'test' },
    command,
    input,
  );

describe('organisations and posts', () => {
  for (const locale of ['zh-CN', 'en'] as const)
    for (const large of [false, true])
      it(`are whole and accessible, ${locale}${large ? ', large type' : ''}`, async () => {
        const paths = ['/groups', `/groups/${council}`, '/groups?words=没有', '/groups/nothing'];
        for (const as of [undefined, stage.town.people.administrator])
          assert.deepEqual(await findProblems(stage, paths, { as, locale, large }), []);
      });

  it('page their members, a hundred at a time, and each list keeps its own place', async () => {
    const names = (i: number) => ({ 'zh-CN': `${i}号伙伴`, en: `Partner ${i}` });
    const { id: alliance } = await act(write_organisation, {
      ...{ kind: 'alliance', names: { 'zh-CN': '党建共同体', en: 'Alliance' } },
    });
    for (let i = 1; i <= 205; i++) {
      const { id } = await act(write_organisation, { kind: 'partner_unit', names: names(i) });
      await act(admit_member, { organisation_id: alliance, member_organisation_id: id });
    }
    const { page, context } = await stage.visit({ locale: 'en', scripts: false });
    await page.goto(`${stage.url}/groups/${alliance}?after=${council}`);
    const members = page.locator('section[aria-labelledby=member-organisations]');
    const seen: string[] = [];
    for (;;) {
      seen.push(...(await members.locator('ul a').allInnerTexts()));
      if ((await members.getByText('Next page').count()) === 0) break;
      await members.getByText('Next page').click();
    }
    assert.deepEqual(
      seen,
      Array.from({ length: 205 }, (_, i) => `Partner ${i + 1}`),
    );
    assert.match(page.url(), new RegExp(`[?&]after=${council}`));
    await members.getByText('First page').click();
    assert.equal(await members.locator('ul a').first().innerText(), 'Partner 1');
    await context.close();
  });

  it('are written by an administrator without scripts, and what was typed wrong comes back', async () => {
    const { page, context } = await stage.visit({ as: stage.town.people.administrator, locale: 'en', scripts: false });
    await page.goto(`${stage.url}/groups/${council}`);
    await page.click('summary:has-text("Write a post down")');
    await page.fill('#post_name_zh-new', '秘书长');
    await page.fill('#post_name_en-new', 'Secretary-general');
    await page.fill('#code-new', 'chair');
    await page.locator('form:has(#code-new) button').click();
    assert.match(await page.innerText('[role=alert]'), /./);
    assert.equal(await page.inputValue('#post_name_zh-new'), '秘书长');
    await page.fill('#code-new', 'secretary_general');
    await page.locator('form:has(#code-new) button').click();
    assert.match(await page.innerText('main'), /Secretary-general/);
    await page.click('li:has(h3:has-text("Secretary-general")) summary:has-text("Put somebody")');
    await page.locator('form[action="?/start"] input[name=person]').last().fill('没有这个人');
    await page.locator('form[action="?/start"] button').last().click();
    assert.match(await page.innerText('[role=alert]'), /Nobody is known/);
    await context.close();
  });
});
