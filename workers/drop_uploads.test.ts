import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { dropUploads } from './drop_uploads.ts';

it('parts of files that nobody went on sending go after a month, others stay', async () => {
  const data_dir = mkdtempSync(join(tmpdir(), 'yingmen-uploads-'));
  const clock = () => new Date('2026-03-04T02:00:00Z');
  assert.equal(await dropUploads({ data_dir, clock }), 0, 'there is no folder yet');
  const folder = join(data_dir, 'uploads', 'community', 'person');
  mkdirSync(folder, { recursive: true });
  for (const [name, days] of [
    ['old', 33],
    ['new', 31],
  ] as const) {
    writeFileSync(join(folder, name), 'x');
    const at = new Date(clock().getTime() - days * 86_400_000);
    utimesSync(join(folder, name), at, at);
  }
  assert.equal(await dropUploads({ data_dir, clock }), 1);
  assert.deepEqual([existsSync(join(folder, 'old')), existsSync(join(folder, 'new'))], [false, true]);
  rmSync(data_dir, { recursive: true });
});
