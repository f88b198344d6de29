import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { write_organisation, write_post } from '#modules/groups/index.ts';
import { appendAll, signOpenHead } from '#modules/log/index.ts';
import { type Command, perform } from '#platform/command.ts';
import { verifyExport } from '../../bin/verify_export.ts';
import { findProblems } from './accessible.ts';
import { openStage, type Stage } from './browser.ts';

let stage: Stage;
let post: string;
before(async () => {
  stage = await openStage();
  const { environment, community, people } = stage.town;
  const act = <I, A>(command: Command<I, A>, input: unknown) =>
    perform(environment, { actor: people.administrator, community, via: 'test' }, command, input);
  const names = { 'zh-CN': '理事会', en: 'Council' };
  const { id } = await act(write_organisation, { kind: 'council', names });
  ({ id: post } = await act(write_post, { organisation_id: id, code: 'chair', names }));
  await appendAll(environment, community);
  await signOpenHead(environment, community);
});
after(() => stage.close());

describe('the log', () => {
  for (const locale of ['zh-CN', 'en'] as const)
    it(`is whole and accessible, ${locale}`, async () => {
      for (const large of [false, true])
        assert.deepEqual(
          await findProblems(stage, ['/log', `/log/${post}`, '/log?id=none', '/check/log'], { locale, large }),
          [],
        );
    });

  it('proves an entry in the browser of a stranger, and says so when it does not hold', async () => {
    const { page, context, foreign } = await stage.visit({ locale: 'en' });
    await page.goto(`${stage.url}/log`);
    await page.fill('#id', post);
    await page.click('main form button');
    assert.match(await page.innerText('main'), /post\.written/);
    await page.click('#check');
    await page.waitForSelector('#verdict[data-holds=true]');
    await page.evaluate(() => {
      const button = document.getElementById('check')!;
      button.dataset.proof = button.dataset.proof!.replaceAll('post.written', 'post.erased');
    });
    await page.click('#check');
    await page.waitForSelector('#verdict[data-holds=false]');
    assert.deepEqual(foreign, []);
    await context.close();
  });

  it('is computed anew as a whole in the browser of a stranger, from here or from a file, beside a head that was kept', async () => {
    const log = await (await fetch(`${stage.url}/log/export`)).text();
    const { page, context, foreign } = await stage.visit({ locale: 'en' });
    await page.goto(`${stage.url}/check/log`);
    const check = async ({ text, head = '' }: { text?: string; head?: string }) => {
      await page.setInputFiles(
        '#file',
        text ? { name: 'log.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(text) } : [],
      );
      await page.fill('#head', head);
      await page.click('form[data-log] button');
      await page.waitForSelector('#result [data-part]:not([data-part=busy])');
      const said = page.locator('#result [data-part], #result [data-finding]');
      const names = await said.evaluateAll((all) =>
        all.map((one) => (one as HTMLElement).dataset.part ?? (one as HTMLElement).dataset.finding),
      );
      await page.evaluate(() => document.getElementById('result')!.replaceChildren());
      return names;
    };
    const { head } = JSON.parse(log.split('\n')[1]!);
    assert.deepEqual(await check({}), ['holds', 'facts']);
    assert.deepEqual(await check({ text: log, head }), ['holds', 'facts']);
    assert.deepEqual(await check({ text: log.replace('post.written', 'post.erased') }), [
      'wrong',
      'head_differs',
      'facts',
    ]);
    const cut = log.trimEnd().split('\n').slice(0, -1).join('\n');
    assert.deepEqual(await check({ text: cut }), ['wrong', 'log_shortened', 'facts']);
    assert.deepEqual(await check({ head: head.replace(/\n\d+\n/, '\n7\n') }), ['wrong', 'head_forged', 'facts']);
    assert.deepEqual(await check({ text: 'id,name' }), ['broken']);
    assert.deepEqual(foreign, []);
    await context.close();
  });

  it('is taken away whole and verifies elsewhere', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yingmen-log-'));
    const answer = await fetch(`${stage.url}/log/export`);
    writeFileSync(join(folder, 'log.jsonl'), await answer.text());
    const verdict = await verifyExport(join(folder, 'log.jsonl'));
    assert.deepEqual([verdict.ok, verdict.heads, verdict.findings], [true, 1, []]);
    writeFileSync(join(folder, 'check_log.mjs'), await (await fetch(`${stage.url}/check/check_log.js`)).text());
    const said = spawnSync(process.execPath, ['check_log.mjs', 'log.jsonl'], { cwd: folder, encoding: 'utf8' });
    assert.deepEqual([said.status, JSON.parse(said.stdout)], [0, verdict]);
    rmSync(folder, { recursive: true });
    assert.match(await (await fetch(`${stage.url}/log/feed.xml`)).text(), /<entry>/);
    const notice = await fetch(`${stage.url}/log/notice`);
    assert.equal(notice.headers.get('content-type'), 'application/pdf');
    assert.equal(
      Buffer.from(await notice.arrayBuffer())
        .subarray(0, 5)
        .toString(),
      '%PDF-',
    );
  });
});
