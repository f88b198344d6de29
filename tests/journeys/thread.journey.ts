import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import ExcelJS from 'exceljs';
import sharp from 'sharp';
import { readOutbox } from '#platform/messenger.ts';
import { openStage, type Stage } from './browser.ts';

let stage: Stage;
before(async () => {
  stage = await openStage();
});
after(() => stage.close());

/** Tells a need as somebody on a phone would, and returns where the thanks were said. */
async function ask(page: import('playwright-core').Page, text: string, address: string, photo?: Buffer) {
  await page.goto(`${stage.url}/ask`);
  await page.fill('#text', text);
  if (photo) await page.setInputFiles('#photos', { name: 'wall.png', mimeType: 'image/png', buffer: photo });
  await page.check('input[name=category][value=repairs]');
  await page.click('main button.first');
  await page.fill('#address_text', address);
  await page.click('main button.first');
  await page.check('input[name=wants_public]');
  await page.click('main button.first');
  await page.waitForURL(/\/ask\/thanks/);
  return new URL(page.url()).searchParams;
}

describe('a need is heard, owned, answered and confirmed', () => {
  it('by a visitor whose browser runs no script', async () => {
    const { people } = stage.town;
    const visitor = await stage.visit({ scripts: false });
    const said = await ask(visitor.page, '楼道灯坏了，老人看不清', '荷塘里3栋2单元501');
    const [number, code] = [said.get('number')!, said.get('code')!];
    assert.match(await visitor.page.innerText('main'), /陈工/);

    const handler = await stage.visit({ as: people.handler, phone: false, locale: 'en' });
    await handler.page.goto(`${stage.url}/desk`);
    assert.match(await handler.page.innerText('main'), /楼道灯坏了/);
    await handler.page.click('[data-key=a]');
    await handler.page.goto(`${stage.url}/requests/${number}`);
    await handler.page
      .locator('details:has(input[value=finish]) summary')
      .click()
      .catch(() => {});
    const finish = handler.page.locator('form:has(input[name=step][value=finish])');
    if (!(await finish.isVisible())) await handler.page.locator('details:has(input[value=finish]) > summary').click();
    await finish.locator('textarea').fill('灯换好了');
    await finish.locator('button.button').click();
    await handler.page.waitForLoadState();
    assert.match(await handler.page.innerText('main'), /said it is done/);

    await visitor.page.goto(`${stage.url}/`);
    await visitor.page.fill('#number', number);
    await visitor.page.fill('#code', code.toLowerCase());
    await visitor.page.click('form[action="/requests/find"] button');
    assert.match(await visitor.page.innerText('main'), /灯换好了/);
    const confirm = visitor.page.locator('form:has(input[name=step][value=confirm])');
    await confirm.locator('input[value="5"]').check();
    await confirm.locator('button.button').click();
    await visitor.page.waitForLoadState();
    assert.match(await visitor.page.innerText('main'), /确认了/);

    const secretary = await stage.visit({ as: people.secretary, phone: false });
    await secretary.page.goto(`${stage.url}/overview`);
    assert.match(await secretary.page.innerText('main'), /100%/);
    await secretary.page.click('text=现在检查');
    await secretary.page.waitForLoadState();
    assert.match(await secretary.page.innerText('main'), /没有一件事没人管/);
    assert.deepEqual([...visitor.foreign, ...handler.foreign, ...secretary.foreign], []);
  });

  it('and “not settled” reaches the owner', async () => {
    const resident = await stage.visit({ as: stage.town.people.resident });
    const number = (await ask(resident.page, '单元门关不上', '荷塘里3栋')).get('number')!;
    const handler = await stage.visit({ as: stage.town.people.handler });
    const step = async (page: typeof handler.page, name: string, words: string) => {
      await page.goto(`${stage.url}/requests/${number}`);
      const form = page.locator(`form:has(input[name=step][value=${name}])`);
      if (!(await form.isVisible()))
        await page.locator(`details:has(input[name=step][value=${name}]) > summary`).click();
      await form.locator('textarea').first().fill(words);
      await form.locator('button.button').click();
      await page.waitForLoadState();
    };
    await step(handler.page, 'answer', '明天来修');
    await step(resident.page, 'reopen', '三天了还没来');
    await handler.page.goto(`${stage.url}/desk`);
    assert.match(await handler.page.innerText('main'), /单元门关不上/);
    assert.match(await handler.page.innerText('main'), /重新打开/);
  });

  it('a visitor’s photo goes with their form to the end, and with nobody else’s', async () => {
    const create = { width: 40, height: 30, channels: 3, background: '#1e7f5c' } as const;
    const one = await stage.visit({ scripts: false });
    const said = await ask(one.page, '墙皮掉了', '荷塘里3栋', await sharp({ create }).png().toBuffer());
    await one.page.goto(`${stage.url}/requests/${said.get('number')}?code=${said.get('code')}`);
    const source = (await one.page.getAttribute('main ul.photos img', 'src')) ?? '';
    const [hash] = source.match(/[0-9a-f]{64}/) ?? [];
    assert.ok(hash, source);
    const { page } = await stage.visit({ scripts: false });
    await page.goto(`${stage.url}/ask`);
    await page.fill('#text', '墙皮也掉了');
    await page.check('input[name=category][value=repairs]');
    await page.locator('main form').evaluate((form, value) => {
      const field = Object.assign(document.createElement('input'), { type: 'hidden', name: 'photo_hash', value });
      form.append(field);
    }, hash);
    for (let i = 0; i < 3; i++) await page.click('main button.first');
    assert.match(await page.innerText('[role=alert]'), /照片没有传上来/);
    assert.equal(await page.inputValue('#text'), '墙皮也掉了');
  });

  it('nothing typed is lost when something is refused', async () => {
    const { page } = await stage.visit();
    await page.goto(`${stage.url}/ask`);
    await page.fill('#text', '12345');
    await page.click('main button.first');
    assert.equal(await page.inputValue('#text'), '12345');
    assert.match(await page.innerText('[role=alert]'), /请填写/);
    await page.fill('#text', '楼道的灯坏了，三天没人修');
    await page.click('main button.first');
    assert.equal(await page.inputValue('#text'), '楼道的灯坏了，三天没人修');
    assert.equal(await page.isChecked('input[name=category][value=repairs]'), true);
  });

  it('a page that is open hears of what others do', async () => {
    const resident = await stage.visit({ as: stage.town.people.resident });
    const number = (await ask(resident.page, '井盖响', '荷塘里3栋')).get('number')!;
    await resident.page.goto(`${stage.url}/requests/${number}`);
    const handler = await stage.visit({ as: stage.town.people.handler });
    await handler.page.goto(`${stage.url}/desk`);
    await handler.page.locator('.queue a', { hasText: '井盖响' }).click();
    await handler.page.click('[data-key=a]');
    await resident.page.locator('.thread', { hasText: '受理了' }).waitFor({ timeout: 15_000 });
  });
});

describe('somebody', () => {
  it('signs in with a code, sees their own file, and signs out', async () => {
    const { page } = await stage.visit({ locale: 'en' });
    await page.goto(`${stage.url}/sign-in?to=/me`);
    await page.click('main a[href*="with=password"]');
    await page.fill('#login', 'nobody');
    await page.fill('#password', 'not this one');
    await page.click('main button.first');
    await page.waitForSelector('.problems');
    assert.equal(await page.inputValue('#login'), 'nobody');
    await page.click('main > p > a[href^="/sign-in"]');
    assert.match(page.url(), /\/sign-in\?to=/);
    await page.fill('#phone', '138 0000 9999');
    await page.click('main button.first');
    const [message] = await readOutbox(stage.town.data_dir, 1);
    await page.fill('#code', /\d{6}/.exec(message!.text)![0]);
    await page.click('main button.first');
    await page.waitForURL(/\/me$/);
    await page.goto(`${stage.url}/me/file`);
    assert.match(await page.innerText('main'), /13800009999/);
    await page.goto(`${stage.url}/me`);
    await page.click('text=Sign out');
    await page.waitForURL(`${stage.url}/`);
    await page.goto(`${stage.url}/me/file`);
    assert.match(page.url(), /sign-in/);
  });

  it('makes a passkey and signs in with it, once a challenge', async () => {
    const made = await stage.visit({ as: stage.town.people.neighbour });
    const device = await made.context.newCDPSession(made.page);
    await device.send('WebAuthn.enable');
    const options = {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    } as const;
    await device.send('WebAuthn.addVirtualAuthenticator', { options });
    await made.page.goto(`${stage.url}/me`);
    await made.page.locator('details:has(button[data-passkey]) > summary').click();
    await made.page.click('button[data-passkey=make]');
    await made.page.waitForLoadState('load');
    await made.page.locator('form[action="?/remove_passkey"]').waitFor({ state: 'attached' });
    await made.page.click('form[action="/sign-out"] button');
    await made.page.waitForURL(`${stage.url}/`);
    await made.page.goto(`${stage.url}/sign-in?to=/me/file`);
    const used = made.page.waitForRequest((request) => (request.postData() ?? '').includes('clientDataJSON'));
    await made.page.click('button[data-passkey=use]');
    // The address of the sign-in names the page as well: only at the page itself the challenge is used up.
    await made.page.waitForURL(`${stage.url}/me/file`);
    const again = await made.page.request.post(`${stage.url}/sign-in/passkey`, {
      data: JSON.parse((await used).postData()!),
      headers: { origin: stage.url },
    });
    assert.equal(again.status(), 400);
  });

  it('takes a list out as a spreadsheet, with words that are never formulas', async () => {
    const { page } = await stage.visit({ as: stage.town.people.resident });
    await ask(page, '=HYPERLINK("http://evil.example")', '荷塘里3栋');
    await page.goto(`${stage.url}/requests`);
    const link = await page.getAttribute('a[download]', 'href');
    const answer = await page.request.get(stage.url + link);
    const workbook = new ExcelJS.Workbook();
    await workbook.xlsx.load((await answer.body()) as never);
    const texts: unknown[] = [];
    workbook.worksheets[0]!.eachRow((row) => texts.push(row.getCell(3).value));
    assert.ok(texts.some((text) => String(text).startsWith("'=HYPERLINK")));
    assert.ok(texts.every((text) => typeof text === 'string'));
  });

  it('finds nothing behind doors that are not theirs', async () => {
    const { page } = await stage.visit({ as: stage.town.people.resident });
    for (const path of ['/desk', '/overview', '/admin/categories', '/admin/people', '/requests/999999', '/nothing']) {
      assert.equal((await page.goto(stage.url + path))?.status(), 404, path);
      assert.match(await page.innerText('main'), /门后没有人/);
    }
  });
});
