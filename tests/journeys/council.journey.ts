import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import * as council from '#modules/council/index.ts';
import { type Actor, visitor } from '#platform/actor.ts';
import { randomCode, sha256 } from '#platform/crypto.ts';
import { ask } from '#platform/query.ts';
import { type Council, makeCouncil } from '#tests/council.ts';
import { findProblems, problemsOf } from './accessible.ts';
import { openStage, type Stage } from './browser.ts';
import { readPapers } from './paper_votes.ts';

let stage: Stage;
let body: Council;
let meeting: string;

before(async () => {
  stage = await openStage();
  body = await makeCouncil(stage.town);
  meeting = `/council/${(await body.call()).meeting_id}`;
});
after(() => stage.close());

/** Opens what is folded, as fingers do. */
const unfold = (page: Page) =>
  page.evaluate(() => {
    for (const one of document.querySelectorAll('details')) one.open = true;
  });

const pages = new Map<string, Page>();

/** Somebody at a page, without scripts: every form of it posts. Everybody keeps their browser open. */
async function at(
  as: Actor | undefined,
  path: string,
  work: (page: Page) => Promise<void>,
  locale: 'zh-CN' | 'en' = 'en',
) {
  const key = `${as?.id}/${locale}`;
  const page = pages.get(key) ?? (await stage.visit({ as, locale, scripts: false })).page;
  pages.set(key, page);
  page.setDefaultTimeout(10_000);
  await page.goto(stage.url + path);
  await unfold(page);
  await work(page);
}

async function send(page: Page, action: string, nth = 0): Promise<void> {
  await page.locator(`form[action="?/${action}"]`).nth(nth).locator('button').last().click();
  await page.waitForLoadState();
  await unfold(page);
}

/** The vote that is open, cast by everybody named: the first at the meeting's page, the others by their phones. */
async function vote(choices: Record<string, Actor[]>): Promise<string> {
  const { environment, community } = stage.town;
  const id = meeting.split('/').at(-1)!;
  const { motions } = await ask(environment, { actor: visitor, community, via: 'test' }, council.show_meeting, { id });
  const event = motions.flatMap((motion) => motion.events).find((one) => !one.closed_at)!;
  let code = '';
  for (const [i, [voter, option]] of Object.entries(choices)
    .flatMap(([option, voters]) => voters.map((voter) => [voter, option] as const))
    .entries()) {
    const cast = { vote_event_id: event.id, option };
    if (i > 0 && event.ballot === 'open') await body.act(voter, council.cast_vote, cast);
    else if (i > 0) await body.act(voter, council.cast_secret_vote, { ...cast, receipt_code: randomCode(16) });
    else
      await at(voter, meeting, async (page) => {
        await page.check(`#content input[name=option][value=${option}]`);
        await page.click('section[aria-labelledby=vote] form button.first');
        if (event.ballot === 'secret') code = (await page.innerText('[role=status] .big-number')).trim();
        await page.goto(stage.url + meeting);
        assert.equal(await page.locator('input[name=option]').count(), 0, 'one vote a member');
      });
  }
  return code;
}

describe('the council', () => {
  it('is called by the secretary-general, with agenda and papers, by forms alone', async () => {
    await at(body.secretary, '/council', async (page) => {
      const day = new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10);
      for (const [id, value] of [
        ['title_zh', '下次例会'],
        ['title_en', 'Next meeting'],
        ['place_text', '荷塘里活动室'],
        ['starts_at', `${day}T09:00`],
        ['ends_at', `${day}T08:00`],
      ] as const)
        await page.fill(`#${id}`, value);
      await send(page, 'plan');
      assert.match(await page.innerText('[role=alert]'), /end after it begins/);
      assert.equal(await page.inputValue('#title_zh'), '下次例会', 'nothing typed is lost');
      await page.fill('#ends_at', `${day}T11:00`);
      await send(page, 'plan');
      await send(page, 'call');
      assert.match(await page.innerText('[role=alert]'), /agenda/);
      await page.fill('#item_zh', '晾衣绳');
      await page.fill('#item_en', 'Washing lines');
      await send(page, 'item');
      await page.fill('#paper-title-1', 'Drawing');
      await page.setInputFiles('#file-1', { name: 'a.exe', mimeType: 'application/pdf', buffer: Buffer.from('MZ') });
      await send(page, 'paper');
      assert.match(await page.innerText('[role=alert]'), /PDF or pictures/);
      const pdf = Buffer.from('%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n');
      await page.setInputFiles('#file-1', { name: 'a.pdf', mimeType: 'application/pdf', buffer: pdf });
      await send(page, 'paper');
      const href = (await page.locator('a[href^="/files/"]').getAttribute('href'))!;
      await send(page, 'call');
      assert.match(await page.innerText('main'), /called/);
      const file = await fetch(stage.url + href);
      assert.deepEqual([file.status, file.headers.get('content-disposition')], [200, 'attachment']);
    });
  });

  it('meets: an interest declared, a motion amended and voted on, a secret vote, a resolution, minutes in both languages', async () => {
    const [mover, other, third, fourth] = body.members as [Actor, Actor, Actor, Actor];
    await at(body.secretary, meeting, async (page) => {
      for (const one of body.everybody) await page.check(`[name="present_${one.id}"]`);
      await send(page, 'open');
      assert.match(await page.innerText('main'), /9 of 9 members/);
    });
    await at(mover, meeting, async (page) => {
      await page.fill('#move-title', '建充电棚');
      await page.fill('#move-text', '建二十个位子。');
      await send(page, 'move');
    });
    await at(fourth, meeting, async (page) => {
      await page.fill('#declare-reason-1', '棚子在我家楼下。');
      await send(page, 'declare');
    });
    await at(other, meeting, async (page) => {
      await page.fill('#amend-title-1', '多建一些');
      await page.fill('#amend-text-1', '建三十个位子，装烟感。');
      await send(page, 'amend');
    });
    await at(third, meeting, async (page) => {
      await send(page, 'second', 1);
      await send(page, 'second', 0);
    });
    const voters = body.everybody.filter((one) => one !== fourth);
    await at(body.chair, meeting, (page) => send(page, 'put'));
    await at(fourth, meeting, async (page) => {
      assert.match(await page.innerText('section[aria-labelledby=vote]'), /declared an interest/);
      assert.equal(await page.locator('input[name=option]').count(), 0);
    });
    await vote({ yes: voters.slice(0, 3), no: voters.slice(3, 5) });
    await at(body.secretary, meeting, async (page) => {
      await page.locator('button[name=option][value=yes]').first().click();
      await send(page, 'count');
      assert.match(await page.innerText('main'), /4 yes, 2 no, 0 abstaining/);
      await send(page, 'put');
    });
    await vote({ yes: voters.slice(0, 6), abstain: voters.slice(6, 7) });
    await at(body.secretary, meeting, async (page) => {
      await send(page, 'count');
      assert.match(await page.innerText('main'), /建三十个位子/);
      assert.match(await page.innerText('main'), /were needed\. 1 with an interest took no part/);
      await page.fill('#resolve-title-en-1', 'Build a charging shed');
      await page.fill('#resolve-text-en-1', 'Thirty places with smoke detectors, by the day named.');
      await page.fill('#due-1', new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10));
      await page.selectOption('#owner-1', { label: 'Home Property' });
      await send(page, 'resolve');
      assert.match(await page.innerText('main'), /became resolution 1/);
    });
    await secretVote(mover, other, voters);
    await minutes();
  });

  async function secretVote(mover: Actor, other: Actor, voters: Actor[]) {
    await at(mover, meeting, async (page) => {
      await page.fill('#move-title', '选谁看管');
      await page.fill('#move-text', '请老周看管充电棚。');
      await page.selectOption('#ballot', 'secret');
      await send(page, 'move');
    });
    await at(other, meeting, (page) => send(page, 'second'));
    await at(body.chair, meeting, (page) => send(page, 'put'));
    const code = await vote({ yes: voters.slice(0, 5), no: voters.slice(5, 6) });
    await readPapers({ stage, meeting, body, at, send }, voters.slice(6, 8));
    assert.match(code, /^[A-Z2-9]{4}( [A-Z2-9]{4}){3}$/);
    await at(body.secretary, meeting, (page) => send(page, 'count'));
    await at(undefined, meeting, async (page) => {
      await page.fill('input[name=find_code]', code.toLowerCase());
      await send(page, 'find');
      assert.match(await page.innerText('[role=status]'), /yes/);
      assert.match(await page.innerText('main'), /6 yes, 2 no, 0 abstaining[\s\S]*2 on paper[\s\S]*On paper: /);
    });
  }

  async function minutes() {
    await at(body.secretary, meeting, async (page) => {
      await page.fill('#write-zh-1', '老周说电线不能乱飞。');
      await send(page, 'write');
      await page.fill('#rule-zh-1', '发言每人三分钟，时间不够。');
      await page.fill('#rule-en-1', 'Three minutes each, for time is short.');
      await send(page, 'rule');
      await send(page, 'close');
    });
    await at(body.chair, meeting, (page) => send(page, 'adopt'));
    await at(body.secretary, meeting, async (page) => {
      await send(page, 'publish');
      assert.match(await page.innerText('[role=alert]'), /one language only: 1/);
      await page.locator('form[action="?/correct"] textarea[name=text_en]').fill('Zhou says no cable may hang loose.');
      await send(page, 'correct');
      await send(page, 'publish');
      assert.match(await page.innerText('#minutes'), /published/);
    });
  }

  it('keeps a receipt and a tick on the page while others vote', async () => {
    const of = await body.open();
    const motion_id = await body.motion(of, { ballot: 'secret' });
    const { id: vote_event_id } = await body.act(body.secretary, council.open_vote, { motion_id });
    const [voter, chooser, ...others] = body.members as [Actor, Actor, ...Actor[]];
    const open = async (as?: Actor) => {
      const { page } = await stage.visit({ as, locale: 'en' });
      await page.goto(`${stage.url}/council/${of.meeting_id}`);
      return page;
    };
    const [mine, ticked, seen] = [await open(voter), await open(chooser), await open()];
    await ticked.check('input[name=option][value=no]');
    await mine.check('input[name=option][value=yes]');
    await mine.click('section[aria-labelledby=vote] form button.first');
    const code = await mine.innerText('[role=status] .big-number');
    for (const [i, who] of others.slice(0, 2).entries()) {
      const receipt_code = randomCode(16);
      await body.act(who, council.cast_secret_vote, { vote_event_id, option: 'yes', receipt_code });
      await seen.getByText(`${i + 2} have voted`).waitFor();
    }
    assert.equal(await mine.innerText('[role=status] .big-number'), code);
    assert.ok(await ticked.isChecked('input[name=option][value=no]'));
  });

  it('is read whole by a stranger in both languages, on paper and as open data', async () => {
    await at(undefined, '/council', async (page) => {
      assert.match(await page.innerText('main'), /Resolution 1 Build a charging shed/);
      assert.match(await page.innerText('main'), /1 seat is free/);
      await page.click('text=Build a charging shed');
      assert.match(await page.innerText('main'), /Home Property[\s\S]*Motion 1[\s\S]*6 yes/);
    });
    await at(
      undefined,
      meeting,
      async (page) => {
        const text = await page.innerText('main');
        for (const words of ['老周说电线不能乱飞', '发言每人三分钟', '棚子在我家楼下', '已公布', '理事1提出'])
          assert.ok(text.includes(words), words);
        assert.equal(
          await page.locator('form[action^="?/"]:not([action="?/find"])').count(),
          0,
          'nothing to change here',
        );
      },
      'zh-CN',
    );
    const pdf = Buffer.from(await (await fetch(`${stage.url + meeting}/minutes.pdf`)).arrayBuffer());
    assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
    const record = await (await fetch(`${stage.url + meeting}/minutes.json`)).text();
    await at(undefined, meeting, async (page) =>
      assert.ok((await page.innerText('main')).includes(sha256(record).toString('hex'))),
    );
    const popolo = (await (await fetch(`${stage.url}/council/popolo.json?lang=en`)).json()) as Record<
      string,
      unknown[]
    >;
    assert.equal(popolo.vote_events!.length, 3);
    const feed = await (await fetch(`${stage.url}/council/feed.ics?lang=en`)).text();
    assert.match(feed, /SUMMARY:March meeting/);
  });

  for (const locale of ['zh-CN', 'en'] as const)
    it(`is whole and accessible, ${locale}`, async () => {
      const large = locale === 'en';
      const paths = ['/council', meeting, '/council?state=overdue', '/council/resolutions/nothing', '/council/nothing'];
      assert.deepEqual(await findProblems(stage, paths, { locale, large }), []);
      const { page, context } = await stage.visit({ as: body.secretary, locale, large: !large });
      await page.goto(`${stage.url}/council`);
      for (const path of await page
        .locator('main h3 a')
        .evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href))) {
        await page.goto(path);
        await unfold(page);
        assert.deepEqual(await problemsOf(page, !large), [], path);
      }
      await context.close();
    });
});
