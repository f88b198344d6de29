import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import type { Actor } from '#platform/actor.ts';
import type { Council } from '#tests/council.ts';
import { findProblems } from './accessible.ts';
import type { Stage } from './browser.ts';

/** A meeting in which a secret vote is open, and how the journey works its page. */
type Room = {
  stage: Stage;
  meeting: string;
  body: Council;
  at(as: Actor | undefined, path: string, work: (page: Page) => Promise<void>): Promise<void>;
  send(page: Page, action: string): Promise<void>;
};

/** Two of the members put papers into the box: one yes, one no. The chair misreads them first. */
export async function readPapers({ stage, meeting, body, at, send }: Room, voters: Actor[]): Promise<void> {
  const read = (who: Actor, yes: string, no: string) =>
    at(who, meeting, async (page) => {
      for (const { id } of voters) await page.check(`[name="voter_${id}"]`);
      for (const [option, count] of Object.entries({ yes, no, abstain: '0' }))
        await page.fill(`#paper-${option}`, count);
      await send(page, 'papers');
    });
  await read(body.secretary, '1', '2');
  await at(body.secretary, meeting, async (page) => {
    await page.check(`[name="voter_${voters[0]!.id}"]`);
    for (const option of ['yes', 'no', 'abstain']) await page.fill(`#paper-${option}`, '1');
    await send(page, 'papers');
    assert.match(await page.innerText('[role=alert]'), /At least two/);
    assert.ok(await page.isChecked(`[name="voter_${voters[0]!.id}"]`), 'nothing typed is lost');
  });
  await read(body.secretary, '1', '1');
  await at(body.secretary, meeting, async (page) => {
    await send(page, 'count');
    assert.match(await page.innerText('[role=alert]'), /do not count yet/);
  });
  await read(body.chair, '2', '0');
  await at(body.chair, meeting, async (page) => {
    assert.match(await page.innerText('section[aria-labelledby=vote]'), /read the papers differently/);
  });
  assert.deepEqual(await findProblems(stage, [meeting], { as: body.chair, locale: 'zh-CN', large: true }), []);
  await read(body.chair, '1', '1');
  await at(body.chair, meeting, async (page) =>
    assert.match(await page.innerText('section[aria-labelledby=vote]'), /2 on paper/),
  );
}
