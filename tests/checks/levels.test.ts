import assert from 'node:assert/strict';
import { posix } from 'node:path';
import { describe, it } from 'node:test';
import { LEVELS } from '../../levels.ts';
import { readSources, type Source, sourceOf } from './sources.ts';

/** The folder of the house that a path lies in: a module or engine by its name, platform, or a face. */
function folderOf(path: string): { kind: string; name: string; rest: string } {
  const [kind = '', name = '', ...rest] = path.split('/');
  return kind === 'modules' || kind === 'engines'
    ? { kind, name, rest: rest.join('/') }
    : { kind, name: kind, rest: [name, ...rest].join('/') };
}

const levelOf = (kind: string, name: string) =>
  LEVELS.findIndex((level) => level.includes(kind === 'modules' ? name : kind));

/** What one source does that the order of the house does not allow. */
export function violationsOf(source: Source): string[] {
  const from = folderOf(source.path);
  if (!['platform', 'engines', 'modules'].includes(from.kind)) return [];
  const isTest = source.path.endsWith('.test.ts');
  const found: string[] = [];
  for (const specifier of source.imports) {
    const target = specifier.startsWith('#')
      ? specifier.slice(1)
      : specifier.startsWith('.')
        ? posix.join(posix.dirname(source.path), specifier)
        : null;
    if (!target) continue;
    const to = folderOf(target);
    if (isTest && (to.kind === 'tests' || to.kind === 'platform')) continue;
    if (to.kind === from.kind && to.name === from.name) continue;
    const say = (what: string) => found.push(`${source.path} imports ${specifier}: ${what}`);
    if (!['platform', 'engines', 'modules'].includes(to.kind)) say(`${from.kind} may not look into ${to.kind}`);
    else if (from.kind === 'engines') say('an engine stands alone');
    else if (from.kind === 'platform') say('the platform knows no module and no engine');
    else if (to.kind !== 'platform' && to.rest !== 'index.ts') say('only the door (index.ts) may be entered');
    else if (levelOf(to.kind, to.name) >= levelOf(from.kind, from.name) || levelOf(to.kind, to.name) < 0)
      say('it is not on an earlier level');
  }
  return found;
}

it('every folder imports only doors of earlier levels', () => {
  assert.deepEqual(readSources().flatMap(violationsOf), []);
});

describe('a violation that was planted is found', () => {
  const table: [what: string, path: string, specifier: string][] = [
    ['a later module', 'modules/places/x.ts', '#modules/requests/index.ts'],
    ['a peer', 'modules/people/x.ts', '#modules/places/index.ts'],
    ['past the door', 'modules/requests/x.ts', '#modules/places/place.store.ts'],
    ['a module from the platform', 'platform/x.ts', '#modules/people/index.ts'],
    ['the platform from an engine', 'engines/answer_clock/x.ts', '#platform/refusal.ts'],
    ['a face from a module', 'modules/requests/x.ts', '#faces/serve.ts'],
    ['by a relative way', 'modules/requests/x.ts', '../places/locate.ts'],
  ];
  for (const [what, path, specifier] of table) {
    it(what, () => assert.equal(violationsOf(sourceOf(path, `import { a } from '${specifier}';`)).length, 1));
  }
  it('and what is allowed is not', () => {
    assert.deepEqual(
      violationsOf(
        sourceOf(
          'modules/requests/x.ts',
          "import { a } from '#modules/places/index.ts';\nimport { b } from '#platform/ids.ts';",
        ),
      ),
      [],
    );
  });
});
