import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import fc from 'fast-check';
import { visitor } from '#platform/actor.ts';
import { sha256 } from '#platform/crypto.ts';
import { makeNeighbourhood, type Neighbourhood } from '#tests/factories.ts';
import { storePaper } from './papers.ts';
import type { Visit } from './visit.ts';

let town: Neighbourhood;
before(async () => {
  town = await makeNeighbourhood();
});
after(() => town.close());

const store = (bytes: Uint8Array) => {
  const { environment, community, people } = town;
  return storePaper({ environment, community, actor: people.secretary } as Visit, bytes);
};
const PDF = '%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n';

it('a PDF is kept byte for byte, once', async () => {
  const [one, again] = [await store(Buffer.from(PDF)), await store(Buffer.from(PDF))];
  assert.equal(one.hash, again.hash);
  assert.equal((await town.environment.files.get(one.hash)).toString(), PDF);
});

it('a visitor brings none', async () => {
  const { environment, community } = town;
  const bytes = Buffer.from(PDF.replace('1.7', '1.4'));
  await assert.rejects(storePaper({ environment, community, actor: visitor } as Visit, bytes), { code: 'not_found' });
  await assert.rejects(environment.files.get(sha256(bytes).toString('hex')));
});

it('what is no whole PDF and no picture is refused, whatever it is', async () => {
  const refused = /^(paper_kind|paper_large|photo_\w+)$/;
  const tries = [
    ...['', 'MZ', '<html><script>', '%PDF-', '%PDF-1.7 cut off', `x${PDF}`, '\x89PNG\r\n\x1a\n', '\xff\xd8\xff'],
    ...[`${PDF}${'x'.repeat(2_000)}`],
  ].map((text) => Buffer.from(text, 'latin1'));
  for (const bytes of [...tries, Buffer.alloc(10 * 1024 * 1024 + 1, PDF)])
    await assert.rejects(store(bytes), (error: { code: string }) => refused.test(error.code));
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
      await assert.rejects(store(bytes), (error: { code: string }) => refused.test(error.code));
    }),
    { numRuns: 60 },
  );
});
