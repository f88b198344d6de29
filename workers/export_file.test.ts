import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import * as letters from '#modules/letters/index.ts';
import * as people from '#modules/people/index.ts';
import { perform } from '#platform/command.ts';
import { type Download, readDownload } from '#platform/downloads.ts';
import { ask } from '#platform/query.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { exportFile } from './export_file.ts';
import { printLetters } from './print_letters.ts';

let town: Neighbourhood;
before(async () => {
  town = await makeNeighbourhood();
});
after(() => town.close());

async function bytesOf(download: Download | undefined): Promise<Buffer> {
  assert.equal(download?.state, 'ready');
  const parts: Buffer[] = [];
  for await (const part of readDownload(town.environment, town.community, download)) parts.push(part);
  return Buffer.concat(parts);
}

it('my file is made as JSON and as PDF, and kept sealed', async () => {
  const caller = { actor: town.people.resident, community: town.community, via: 'test' };
  for (const format of ['json', 'pdf'] as const) {
    const { id } = await perform(town.environment, caller, people.ask_for_export, { format });
    const wish = { download_id: id, person_id: town.people.resident.id, format, locale: 'zh-CN' as const };
    await exportFile(town.environment, town.community, wish);
    const made = (await ask(town.environment, caller, people.my_exports, {})).find((one) => one.id === id);
    const bytes = await bytesOf(made);
    const parts = format === 'json' ? JSON.parse(bytes.toString()) : null;
    if (parts) assert.deepEqual([parts.file.name, parts.forum_speeches], ['李明', []]);
    else assert.equal(bytes.subarray(0, 5).toString(), '%PDF-');
  }
  const rows = await town.environment.database
    .of(town.community.id)
    .selectFrom('download_parts')
    .select('bytes_sealed')
    .execute();
  assert.ok(rows.every((row) => !row.bytes_sealed.includes('李明')));
});

it('a campaign is printed, and printed again from the beginning when the job is repeated', async () => {
  const caller = { actor: town.people.desk, community: town.community, via: 'test' };
  const { id } = await perform(town.environment, caller, letters.write_campaign, {
    titles: { 'zh-CN': '一封家书', en: 'A letter home' },
    texts: {
      'zh-CN': '{address}的邻居：我们这几天会来坐坐，听听您需要什么。',
      en: 'We will call on you in these days.',
    },
  });
  const { download_id } = await perform(town.environment, caller, letters.print_campaign, { id });
  for (let i = 0; i < 2; i++) await printLetters(town.environment, town.community, { campaign_id: id, download_id });
  const { prints } = await ask(town.environment, caller, letters.show_campaign, { id });
  const bytes = await bytesOf(prints[0]);
  assert.equal(bytes.subarray(0, 5).toString(), '%PDF-');
  assert.equal(bytes.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length, 1);
});
