import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { REPOSITORY } from '#platform/config.ts';
import en from './locales/en.json' with { type: 'json' };
import zh from './locales/zh-CN.json' with { type: 'json' };

it('whatever is read of a file has words for its owner, in both languages', () => {
  const modules = join(REPOSITORY, 'modules');
  const sources = readdirSync(modules, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map((name) => readFileSync(join(modules, name), 'utf8'));
  const calls = sources.flatMap((source) => [
    ...source.matchAll(/(?:\b(?:leaveTraces|leaveTracesOfList|leave)\([^;]*?|\bfields: )\[((?:'[a-z_]+'(?:, )?)+)\]/g),
  ]);
  const fields = new Set(calls.flatMap((call) => call[1]!.split(', ').map((one) => one.slice(1, -1))));
  assert.ok(fields.has('donations') && fields.has('advances') && fields.size > 12, [...fields].join(' '));
  for (const words of [zh, en])
    for (const field of fields) assert.ok(field in words.people.fields, `no words for ${field}`);
});
