import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Messages, mergeMessages } from '#platform/i18n.ts';
import { readSources } from './sources.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const LOCALES = ['zh-CN', 'en'] as const;
const PLURAL = new Set(['zero', 'one', 'two', 'few', 'many', 'other']);

function messagesOf(locale: string): Messages {
  const files = globSync(`{platform,modules/*,faces/*}/locales/${locale}.json`, { cwd: ROOT }).sort();
  return mergeMessages(...files.map((file) => JSON.parse(readFileSync(join(ROOT, file), 'utf8')) as Messages));
}

const isPlural = (node: Messages) => 'other' in node && Object.keys(node).every((key) => PLURAL.has(key));

/** Every sentence by its dotted key; the forms of a plural stand together. */
function flat(node: Messages, path = ''): Map<string, string[]> {
  const all = new Map<string, string[]>();
  for (const [key, value] of Object.entries(node)) {
    const name = path ? `${path}.${key}` : key;
    if (typeof value === 'string') all.set(name, [value]);
    else if (isPlural(value)) all.set(name, Object.values(value) as string[]);
    else for (const [inner, texts] of flat(value, name)) all.set(inner, texts);
  }
  return all;
}

const variables = (texts: string[]) =>
  [...new Set(texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!)))].sort();
const [chinese, english] = LOCALES.map((locale) => flat(messagesOf(locale))) as [
  Map<string, string[]>,
  Map<string, string[]>,
];

describe('the two languages', () => {
  it('have the same keys', () => assert.deepEqual([...chinese.keys()].sort(), [...english.keys()].sort()));
  it('fill in the same values', () => {
    const different = [...chinese]
      .filter(([key, texts]) => JSON.stringify(variables(texts)) !== JSON.stringify(variables(english.get(key) ?? [])))
      .map(([key]) => key);
    assert.deepEqual(different, []);
  });
  it('leave no sentence empty, and no Chinese in the English', () => {
    const wrong = [...english]
      .filter(
        ([key, texts]) =>
          texts.some((text) => text.trim() === '') ||
          (key !== 'web.other_language' && /\p{Script=Han}/u.test(texts.join(''))),
      )
      .map(([key]) => key);
    assert.deepEqual(wrong, []);
  });
  it('have a sentence that may leave for every notice that shows what somebody wrote', () => {
    const showing = [...english].filter(
      ([key, texts]) => key.startsWith('notices.') && variables(texts).some((name) => name !== 'number'),
    );
    assert.ok(showing.length > 5);
    const missing = showing.filter(
      ([key]) => variables(english.get(key.replace('.', '_outside.')) ?? ['{missing}']).length,
    );
    assert.deepEqual(missing, []);
  });
  it('have a sentence for every refusal', () => {
    const codes = new Set<string>();
    for (const { path, text } of readSources('{platform,modules,faces}/**/*.ts')) {
      if (path.endsWith('.test.ts')) continue;
      for (const match of text.matchAll(/\brefuse\(\s*['"]([a-z_]+)['"]|\brefusal: ['"]([a-z_]+)['"]/g))
        codes.add(match[1] ?? match[2]!);
    }
    assert.ok(codes.size > 40);
    assert.deepEqual([...codes].filter((code) => !english.has(`refusals.${code}`)).sort(), []);
  });
});

describe('pages', () => {
  const pages = globSync('faces/web/src/**/*.svelte', { cwd: ROOT })
    .sort()
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
  const markup = (text: string) =>
    text
      .replace(/<script[\s\S]*?<\/script>/g, '')
      .replace(/<svg[\s\S]*?<\/svg>/g, '')
      .replace(/<code>[\s\S]*?<\/code>/g, '');

  it('hold no words of their own', () => {
    const found = pages.flatMap(({ path, text }) => {
      const words = markup(text)
        .replace(/\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}/g, '')
        .replace(/<title>[\s\S]*?<\/title>/g, '')
        .replace(/<[^>]*>/g, ' ');
      return (words.match(/[\p{Script=Han}]+|[A-Za-z]{3,}/gu) ?? [])
        .filter((word) => !['Open'].includes(word))
        .map((word) => `${path}: ${word}`);
    });
    assert.deepEqual(found, []);
  });

  it('ask for keys that are there', () => {
    const missing = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\bt\('([a-z0-9_.]+)'/gi)]
        .map((match) => match[1]!)
        .filter((key) => !english.has(key))
        .map((key) => `${path}: ${key}`),
    );
    assert.deepEqual(missing, []);
  });
});
