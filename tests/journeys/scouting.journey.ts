import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import * as forum from '#modules/forum/index.ts';
import { write_organisation, write_post } from '#modules/groups/index.ts';
import type { Actor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { findProblems } from './accessible.ts';
import { openPage, openStage, press, type Stage } from './browser.ts';

let stage: Stage;
before(async () => {
  stage = await openStage();
  const { environment, community, people } = stage.town;
  const db = environment.database.of(community.id);
  await db.updateTable('people').set({ public_name: '小吴' }).where('id', '=', people.neighbour.id).execute();
});
after(() => stage.close());

const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown, now?: Date) =>
  perform(stage.town.environment, { actor, community: stage.town.community, via: 'test', now }, command, input);

const open = (...at: [path: string, as: Actor | undefined, more?: { scripts?: boolean; phone?: boolean }]) =>
  openPage(stage, ...at);

/** A vacant post, and speeches of the neighbour that everybody marks. */
async function makeKnown(): Promise<void> {
  const { administrator, neighbour, secretary, desk, resident, east_worker, west_worker, handler } = stage.town.people;
  const names = { 'zh-CN': '理事会', en: 'Council' };
  const { id } = await act(administrator, write_organisation, { kind: 'council', names });
  const post = { organisation_id: id, code: 'member', names: { 'zh-CN': '理事', en: 'Member' }, seats: 1 };
  await act(administrator, write_post, post);
  const { id: topic_id } = await act(secretary, forum.raise_topic, { title: '夜里停车', text: '怎么排？' });
  for (const [i, text] of ['先数车', '再画线', '后说罚'].entries()) {
    const at = new Date(stage.town.environment.clock().getTime() - (6 - i * 2) * 86_400_000);
    const said = await act(neighbour, forum.give_speech, { topic_id, text }, at);
    const subject = { kind: 'speech', id: said.id };
    if (said.state === 'waiting') await act(desk, forum.moderate, { subject, step: 'approve', rule: 'fits' }, at);
    for (const one of [desk, resident, east_worker, west_worker, handler, administrator])
      await act(one, forum.mark_speech, { id: said.id, hits_the_point: true });
  }
}

it('people for posts are found who agreed to be found, and they answer', async () => {
  const { people } = stage.town;
  await makeKnown();
  const lead = await open('/forum/posts', people.secretary);
  assert.match(await lead.page.innerText('main'), /Nobody can be asked now/);
  const mine = await open('/me/consents', people.neighbour, { scripts: false });
  await mine.page.locator('form:has(input[value=scouting]) button').click();
  await lead.page.reload();
  await lead.page.click('summary:has-text("Invite")');
  await lead.page.fill('textarea[name=reason]', '您数车那次，大家都服气。');
  await press(lead.page, 'form[action="?/invite"] button');
  assert.match(await lead.page.innerText('#invitations ~ .cards'), /waits for an answer/);
  await mine.page.goto(`${stage.url}/me`);
  await mine.page.click('a:has-text("You are asked to take a post")');
  await mine.page.fill('input[name=words], textarea[name=words]', '我试试。');
  await mine.page.click('button[value=accept]');
  assert.match(await mine.page.innerText('main'), /accepted/);
  await lead.page.reload();
  assert.match(await lead.page.innerText('#invitations ~ .cards'), /我试试。/);
  await press(lead.page, 'form[action="?/begin"] button');
  assert.match(await lead.page.innerText('#invitations ~ .cards'), /has taken the post/);
  for (const [path, as] of [
    ['/forum/posts', people.secretary],
    ['/forum/invitations', people.neighbour],
  ] as const)
    assert.deepEqual(await findProblems(stage, [path], { as, locale: 'zh-CN', large: true }), []);
  await mine.page.goto(`${stage.url}/me/consents`);
  await mine.page.locator('form:has(input[value=scouting]) button').click();
  await lead.page.reload();
  assert.doesNotMatch(await lead.page.innerText('main'), /小吴/);
  for (const one of [lead, mine]) await one.close();
});
