import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import * as forum from '#modules/forum/index.ts';
import { write_venture_round } from '#modules/projects/index.ts';
import { submit_request } from '#modules/requests/index.ts';
import type { Actor } from '#platform/actor.ts';
import { type Command, perform } from '#platform/command.ts';
import { rulesOfOpenRound } from '#tests/held_round.ts';
import { findProblems } from './accessible.ts';
import { openPage, openStage, press, type Stage } from './browser.ts';

let stage: Stage;
let need: number;
let topic: string;
let session: string;
const PHOTO = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

const act = <I, A>(actor: Actor, command: Command<I, A>, input: unknown, now?: Date) =>
  perform(stage.town.environment, { actor, community: stage.town.community, via: 'test', now }, command, input);

const open = (...at: [path: string, as: Actor | undefined, more?: { scripts?: boolean; phone?: boolean }]) =>
  openPage(stage, ...at);

/** A round that takes proposals now; its address. */
async function openRound(): Promise<string> {
  const rules = rulesOfOpenRound(stage.town.environment.clock());
  const { number } = await act(stage.town.people.secretary, write_venture_round, {
    ...{ names: { 'zh-CN': '春季', en: 'The 春季' }, rules },
  });
  return `/venture/${number}`;
}

before(async () => {
  stage = await openStage();
  const { environment, community, people } = stage.town;
  const db = environment.database.of(community.id);
  for (const [actor, public_name] of [
    [people.resident, '老周'],
    [people.neighbour, '小吴'],
  ] as const)
    await db.updateTable('people').set({ public_name }).where('id', '=', actor.id).execute();
  const told = { kind: 'need', intake: 'web', text: '三单元的楼道灯坏了一个月，晚上看不见。', wants_public: true };
  const { id } = await act(people.resident, submit_request, { ...told, category: { code: 'repairs' } });
  const { number } = await db.selectFrom('requests').select('number').where('id', '=', id).executeTakeFirstOrThrow();
  need = Number(number);
});
after(() => stage.close());

describe('Morning Tea', () => {
  it('is planned and opened; what is typed wrong comes back', async () => {
    const { page, close } = await open('/forum', stage.town.people.secretary, { phone: false });
    await page.click('summary:has-text("Plan a session")');
    await page.fill('#title_zh', '三月早茶会');
    await page.fill('#title_en', 'March session');
    await page.fill('#starts_at', '2099-03-07T09:00');
    await page.fill('#ends_at', '2099-03-07T08:00');
    await page.fill('#place_text', '荷塘里活动室');
    await press(page, 'form[action="?/plan"] button');
    assert.match(await page.innerText('[role=alert]'), /end after it starts|after/i);
    assert.equal(await page.inputValue('#title_zh'), '三月早茶会');
    await page.fill('#ends_at', '2099-03-07T11:00');
    await press(page, 'form[action="?/plan"] button');
    assert.match(await page.innerText('h1'), /March session/);
    session = new URL(page.url()).pathname.split('/')[2]!;
    await press(page, 'button[formaction="?/open"]');
    assert.match(await page.innerText('main'), /Nobody is speaking/);
    await close();
  });

  it('begins a topic from a need, whose first words wait for a moderator', async () => {
    const { people } = stage.town;
    const mine = await open(`/requests/${need}`, people.resident, { scripts: false });
    await mine.page.click('a[href^="/forum?from=request"]');
    assert.match(await mine.page.inputValue('#text'), /楼道灯/);
    await mine.page.fill('#title', '楼道的灯谁来管');
    await mine.page.selectOption('#session_id', session);
    await mine.page.click('form[action="?/raise"] button');
    topic = new URL(mine.page.url()).pathname.split('/')[3]!;
    assert.match(await mine.page.innerText('main'), /moderator/i);
    const stranger = await open(`/forum/topics/${topic}`, undefined);
    assert.match(await stranger.page.innerText('main'), /not there/);
    await stranger.close();
    const desk = await open('/forum', people.desk);
    await desk.page.click('a:has-text("1 waits for you to read it")');
    await desk.page.click('summary');
    await press(desk.page, 'button[value=approve]');
    assert.match(await desk.page.innerText('main'), /Nothing waits/);
    await desk.close();
    await mine.page.reload();
    assert.match(await mine.page.innerText('main'), new RegExp(`Number ${need}|${need}`));
    await mine.close();
  });

  it('is spoken at in the order people asked, and minutes are corrected by who spoke', async () => {
    const { people } = stage.town;
    const here = `/forum/${session}`;
    const [first, second] = [await open(here, people.resident, { scripts: false }), await open(here, people.neighbour)];
    await first.page.click('form[action="?/ask"] button');
    await press(second.page, 'form[action="?/ask"] button');
    const lead = await open(here, people.secretary, { phone: false });
    await lead.page.fill('#shown_name', '钱阿姨');
    await press(lead.page, 'form:has(#shown_name) button');
    await press(lead.page, 'button[formaction="?/next"]');
    assert.equal(await lead.page.innerText('.big-number'), '老周');
    await lead.page.fill('#text', '灯坏了两个月。');
    await press(lead.page, 'form[action="?/write"] button');
    await press(lead.page, 'button[formaction="?/next"]');
    assert.equal(await lead.page.innerText('.big-number'), '小吴');
    await first.page.goto(stage.url + here);
    await first.page.click('summary:has-text("Correct")');
    const form = first.page.locator('form[action="?/correct"]');
    await form.locator('[name=text]').fill('灯坏了一个月。');
    await form.locator('[name=reason]').fill('我说的是一个月。');
    await form.locator('button').click();
    const minutes = await first.page.innerText('section[aria-labelledby=minutes]');
    assert.match(minutes, /灯坏了一个月。/);
    assert.match(minutes, /我说的是一个月。/);
    for (const one of [first, second, lead]) await one.close();
  });

  it('is answered with a quote and a photo, and hits the point', async () => {
    const { people } = stage.town;
    const here = `/forum/topics/${topic}`;
    const { page, close } = await open(here, people.secretary);
    await page.fill('#text', '物业说灯泡归他们，线路归供电。先报线路。');
    await page.setInputFiles('#photos', { name: 'lamp.png', mimeType: 'image/png', buffer: PHOTO });
    await press(page, 'section[aria-labelledby=speak] button');
    assert.equal(await page.locator('ul.photos img').count(), 1);
    await close();
    const mine = await open(here, people.resident, { scripts: false });
    await mine.page.click('form[action="?/mark"] button');
    assert.equal(await mine.page.getAttribute('form[action="?/mark"] button', 'aria-pressed'), 'true');
    await mine.page.click('summary:has-text("Reply")');
    await mine.page.fill('[name=quote]', '线路归街道');
    await mine.page.fill('[name=reply_to_id] ~ .field textarea', '那就请供电来看。');
    await mine.page.click('form:has([name=quote]) button');
    assert.match(await mine.page.innerText('[role=alert]'), /quote/i);
    assert.equal(await mine.page.inputValue('[name=quote]'), '线路归街道');
    await mine.page.fill('[name=quote]', '线路归供电');
    await mine.page.click('form:has([name=quote]) button');
    assert.equal(await mine.page.innerText('blockquote'), '线路归供电');
    await mine.close();
  });

  it('shows why something was hidden, on the topic and in the public log', async () => {
    const { people } = stage.town;
    const said = await act(people.neighbour, forum.give_speech, { topic_id: topic, text: '加我好友，灯具八折。' });
    await act(people.desk, forum.moderate, {
      ...{ subject: { kind: 'speech', id: said.id }, step: 'approve', rule: 'fits' },
    });
    const desk = await open(`/forum/topics/${topic}`, people.desk);
    const speech = desk.page.locator(`#speech-${said.id}`);
    await speech.locator('summary:has-text("Moderate")').click();
    await speech.locator('select[name=rule]').selectOption('advertising');
    await press(desk.page, `#speech-${said.id} button[value=hide]`);
    assert.match(await desk.page.innerText('[role=alert]'), /./);
    await desk.page.locator(`#reason-${said.id}`).fill('卖灯具的广告');
    await press(desk.page, `#speech-${said.id} button[value=hide]`);
    await desk.close();
    const stranger = await open(`/forum/topics/${topic}`, undefined);
    const shown = await stranger.page.innerText(`#speech-${said.id}`);
    assert.match(shown, /卖灯具的广告/);
    assert.doesNotMatch(shown, /八折/);
    await stranger.page.goto(`${stage.url}/forum/moderation`);
    assert.match(await stranger.page.innerText('main'), /卖灯具的广告/);
    await stranger.close();
  });

  it('asks for opinions one statement at a time, without scripts, and tells nobody else', async () => {
    const { people } = stage.town;
    const here = `/forum/topics/${topic}/opinions`;
    const lead = await open(here, people.secretary);
    for (const text of ['线路先报供电', '灯坏了谁看见谁报']) {
      await lead.page.click('summary:has-text("Write a statement")');
      await lead.page.fill('#text', text);
      await press(lead.page, 'form[action="?/write"] button');
    }
    await lead.close();
    const mine = await open(here, people.resident, { scripts: false });
    for (const opinion of ['agree', 'pass']) {
      assert.equal(await mine.page.locator('.opinion-choices button').count(), opinion === 'agree' ? 3 : 6);
      await mine.page.locator(`.opinion-choices button[value=${opinion}]`).first().click();
    }
    assert.match(await mine.page.innerText('main'), /answered all of them/);
    await mine.page.click('summary:has-text("What I said")');
    const agreed = mine.page.locator('.opinion-choices:has(button[value=agree][aria-pressed=true])');
    await agreed.locator('button[value=disagree]').click();
    const pressed = mine.page.locator('.opinion-choices button[aria-pressed=true]');
    assert.deepEqual((await pressed.allInnerTexts()).sort().join(), 'Disagree,Pass');
    await mine.close();
    const stranger = await open(here, undefined);
    assert.equal(await stranger.page.locator('.opinion-choices').count(), 0);
    assert.match(await stranger.page.innerText('main'), /Once 5 people have answered/);
    await stranger.close();
  });

  it('becomes a proposal of the round that is open, with its words, and both lead to each other', async () => {
    const { people } = stage.town;
    const { page, close } = await open(`/forum/topics/${topic}`, people.resident, { scripts: false });
    assert.match(await page.innerText('section[aria-labelledby=onward]'), /No venture round takes proposals now/);
    const form = `${await openRound()}/propose?from=topic/${topic}`;
    await page.reload();
    await page.click('section[aria-labelledby=onward] a');
    assert.equal(await page.inputValue('#title'), '楼道的灯谁来管');
    assert.match(await page.inputValue('#body'), /楼道灯/);
    assert.equal(await page.locator('#conclusion').count(), 0, 'residents do not conclude it');
    await page.fill('#summary', '线路修好，换上声控灯。');
    await page.fill('#asked_fen', '50001');
    await page.click('main form button');
    assert.match(await page.innerText('[role=alert]'), /more than the whole budget/);
    assert.equal(await page.inputValue('#summary'), '线路修好，换上声控灯。');
    await page.fill('#asked_fen', '3000');
    await page.click('main form button');
    assert.match(await page.innerText('h1'), /楼道的灯谁来管/);
    await page.click(`main a[href="/forum/topics/${topic}"]`);
    await page.click('ol.thread a[href*="/proposals/"]');
    await close();
    const as = { as: people.secretary, locale: 'zh-CN', large: true } as const;
    assert.deepEqual(await findProblems(stage, [form, new URL(page.url()).pathname], as), []);
  });

  it('ends a topic with a request that leads back to it', async () => {
    const { page, close } = await open(`/forum/topics/${topic}`, stage.town.people.secretary, { scripts: false });
    await page.click('summary:has-text("Conclude")');
    await page.fill('#summary', '先请供电看线路，再由物业换灯。');
    await page.check('input[value=request]');
    await page.click('form[action="?/conclude"] button');
    const [link] = await page
      .locator('main a[href^="/requests/"]')
      .all()
      .then((all) => all.slice(-1));
    await link!.click();
    assert.match(await page.innerText('main'), /楼道的灯谁来管/);
    await page.click(`a[href="/forum/topics/${topic}"]`);
    assert.match(await page.innerText('main'), /先请供电看线路/);
    await close();
  });

  const LOOKS = [
    ['visitor', 'en', true],
    ['resident', 'zh-CN', true],
    ['resident', 'en', false],
    ['secretary', 'zh-CN', false],
    ['secretary', 'en', true],
  ] as const;
  for (const [who, locale, large] of LOOKS)
    it(`is whole and accessible to a ${who}, ${locale}${large ? ', large type' : ''}`, async () => {
      const as = who === 'visitor' ? undefined : stage.town.people[who];
      const paths = [
        '/forum?words=没有',
        `/forum/${session}`,
        `/forum/topics/${topic}`,
        `/forum/topics/${topic}/opinions`,
      ];
      const gone = as ? ['/forum', '/forum/moderation'] : ['/forum/nothing'];
      assert.deepEqual(await findProblems(stage, [...paths, ...gone], { as, locale, large }), []);
    });
});
