import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { CHANNELS, type Channel, ChannelFailure, type Providers } from '#platform/channels/channel.ts';
import { type Dispatcher, openDispatcher } from '#platform/channels/dispatcher.ts';
import { residentsToTell } from '#tests/residents_to_tell.ts';
import { findProblems } from './accessible.ts';
import { openStage, type Stage } from './browser.ts';

let stage: Stage;
let dispatcher: Dispatcher;
let isAway = true;
const sent: Channel[] = [];

before(async () => {
  stage = await openStage();
  stage.town.environment.push_public_key = 'B'.repeat(87);
  const provider = (channel: Channel) => ({
    ...{ keeps_keys: true, concurrency: 4, patience_ms: 5000 },
    async send() {
      if (isAway) throw new ChannelFailure('refused', 'the gateway does not know this number');
      sent.push(channel);
      return { gone_ids: [] };
    },
  });
  const providers = Object.fromEntries(CHANNELS.map((one) => [one, provider(one)])) as unknown as Providers;
  dispatcher = openDispatcher(stage.town.environment, providers);
  const residents = residentsToTell(stage.town);
  const me = await residents.somebody(new Date());
  // Urgent, so that nothing waits for its ten minutes or for the morning.
  await residents.telling(me, { template: 'alert_water', vars: {} });
  await residents.telling(stage.town.people.resident, { vars: { number: '7' } });
  await residents.telling(stage.town.people.resident, {
    template: 'residence_waiting',
    vars: {},
  });
  await delivering();
});
after(async () => {
  await dispatcher.close();
  await stage.close();
});
const delivering = async () => {
  await dispatcher.wake(stage.town.community);
  await dispatcher.settled();
};

describe('word back', () => {
  for (const locale of ['zh-CN', 'en'] as const)
    it(`is accessible for residents and the desk, ${locale}`, async () => {
      const { resident, desk } = stage.town.people;
      const visits = [
        { as: resident, paths: ['/me/notices'], large: true, phone: true },
        { as: resident, paths: ['/me/notices'], large: false, phone: false },
        { as: desk, paths: ['/desk/deliveries?state=given_up'], large: true, phone: true },
        { as: desk, paths: ['/desk/deliveries'], large: false, phone: false },
      ];
      for (const { paths, ...visit } of visits)
        assert.deepEqual(await findProblems(stage, paths, { ...visit, locale }), []);
    });

  it('leads to what it is about, and is chosen by kind without scripts', async () => {
    const { page, context } = await stage.visit({ as: stage.town.people.resident, scripts: false });
    await page.goto(`${stage.url}/me`);
    const links = await page.locator('main a.choice').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    assert.ok(links.includes('/requests/7') && !links.some((link) => link?.includes('undefined')), links.join(' '));
    await page.goto(`${stage.url}/me/notices`);
    assert.match(await page.innerText('main'), /第7号/);
    await page.fill('form[action="?/chat"] input[name=url]', 'http://10.0.0.1/robot');
    await page.click('form[action="?/chat"] button');
    assert.equal(await page.inputValue('form[action="?/chat"] input[name=url]'), 'http://10.0.0.1/robot');
    await page.fill('form[action="?/chat"] input[name=url]', 'https://robot.example.com/send?key=abc');
    await page.click('form[action="?/chat"] button');
    await page.click('form[action="?/choose"] summary');
    await page.check('input[name=votes_channel][value=chat]');
    await page.selectOption('select[name=votes_rhythm]', 'weekly');
    await page.click('form[action="?/choose"] button');
    assert.match(await page.innerText('main'), /已保存/);
    await page.goto(`${stage.url}/me/notices`);
    assert.equal(await page.isChecked('input[name=votes_channel][value=chat]'), true);
    assert.equal(await page.inputValue('select[name=votes_rhythm]'), 'weekly');
    await page.click('form[action="?/end_chat"] button');
    assert.equal(await page.locator('form[action="?/end_chat"]').count(), 0);
    await context.close();
  });

  it('that was given up is seen at the desk, sent again, and taken away as a spreadsheet', async () => {
    const { page, context } = await stage.visit({ as: stage.town.people.desk, scripts: false, locale: 'en' });
    await page.goto(`${stage.url}/desk/deliveries?state=given_up`);
    assert.match(await page.innerText('main'), /the gateway does not know this number/);
    const answer = await page.request.get(`${stage.url}/desk/deliveries/export?state=given_up`);
    assert.deepEqual([answer.status(), (await answer.body()).subarray(0, 2).toString()], [200, 'PK']);
    await page.locator('form[action="?/retry"] button').last().click();
    assert.match(await page.innerText('main'), /1 message will be sent again now/);
    isAway = false;
    await delivering();
    assert.deepEqual(sent, ['sms']);
    await page.goto(`${stage.url}/desk/deliveries?state=given_up`);
    assert.doesNotMatch(await page.innerText('main'), /does not know/);
    await context.close();
    const stranger = await stage.visit({ as: stage.town.people.resident });
    for (const path of ['/desk/deliveries', '/desk/deliveries/export'])
      assert.equal((await stranger.page.request.get(stage.url + path)).status(), 404);
    await stranger.context.close();
  });
});
