import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { drawSeats, readEntries } from '#engines/seat_draw/index.ts';
import { findProblems } from './accessible.ts';
import { openStage, type Stage } from './browser.ts';

const LIST = `id,priority,group\n${Array.from({ length: 300 }, (_, i) => `R${i},${i % 7 === 0 ? 1 : ''},${i % 50 === 1 ? '同楼' : ''}`).join('\n')}\n`;
const SEED = `${'ab'.repeat(32)}:3.9.17./8./`;
const expected = drawSeats(readEntries(LIST), 40, SEED);

let stage: Stage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

describe('a published draw is drawn again', () => {
  for (const scripts of [true, false])
    it(scripts ? 'in the browser, and the list goes nowhere' : 'on the server, without scripts', async () => {
      const { page, context } = await stage.visit({ scripts, locale: 'en' });
      const sent: string[] = [];
      page.on('request', (request) => request.method() === 'POST' && sent.push(request.url()));
      await page.goto(`${stage.url}/check/draw`);
      await page.setInputFiles('#file', { name: 'entries.csv', mimeType: 'text/csv', buffer: Buffer.from(LIST) });
      await page.fill('#seats', '40');
      await page.fill('#seed', SEED);
      await page.fill('#published', expected.entries_sha256.toUpperCase());
      await page.fill('#mine', expected.waiting[2]!);
      await page.click('form[data-draw] button');
      await page.waitForSelector('#result h2');
      const result = await page.innerText('#result');
      assert.match(result, /You are number 3 on the waiting list/);
      assert.match(result, /whose hash was published\./);
      assert.ok(result.includes(expected.entries_sha256));
      assert.deepEqual(await page.locator('#result ol').first().locator('li').allInnerTexts(), expected.winners);
      assert.equal(await page.locator('#result textarea').inputValue(), expected.waiting.join('\n'));
      assert.equal(sent.length, scripts ? 0 : 1);
      await context.close();
    });

  it('says in words what is wrong, and keeps what was typed', async () => {
    const { page, context } = await stage.visit({ locale: 'en' });
    await page.goto(`${stage.url}/check/draw`);
    await page.fill('#list', 'id\nA\nB\nA\n');
    await page.fill('#seats', '1');
    await page.fill('#seed', 's');
    await page.click('form[data-draw] button');
    await page.waitForSelector('.problems');
    assert.match(await page.innerText('.problems'), /Line 4: this number stands in the list twice/);
    assert.equal(await page.inputValue('#list'), 'id\nA\nB\nA\n');
    await context.close();
  });

  it('by RFC 3797 on the server, with the numbers of public lotteries', async () => {
    const { page, context } = await stage.visit({ locale: 'en' });
    await page.goto(`${stage.url}/check/draw`);
    await page.fill('#list', `id\n${Array.from({ length: 25 }, (_, i) => i + 1).join('\n')}`);
    await page.fill('#seats', '3');
    await page.fill('#seed', '9319 / 2 5 12 8 10 / 9 18 26 34 41 45');
    await page.check('input[value=rfc3797]');
    await page.click('form[data-draw] button');
    await page.waitForSelector('#result h2');
    assert.deepEqual(await page.locator('#result ol').first().locator('li').allInnerTexts(), ['17', '7', '2']);
    await context.close();
  });

  it('with checkers that run in the browser as they are', async () => {
    const { page, context } = await stage.visit({ locale: 'en' });
    await page.goto(`${stage.url}/check/draw`);
    const holds = await page.evaluate(async () => {
      const { hashChildren, hashLeaf, verifyInclusion } = await import('/check/verify_log.js' as string);
      const [a, b] = [hashLeaf(new Uint8Array([1])), hashLeaf(new Uint8Array([2]))];
      const claim = { index: 0, size: 2, leaf_hash: a, root: hashChildren(a, b), proof: [b] };
      return [verifyInclusion(claim), verifyInclusion({ ...claim, index: 1 })];
    });
    assert.deepEqual(holds, [true, false]);
    await context.close();
  });

  it('on a page that is accessible', async () => {
    for (const locale of ['zh-CN', 'en'] as const)
      for (const large of [false, true])
        assert.deepEqual(await findProblems(stage, ['/check/draw'], { locale, large }), []);
  });
});
