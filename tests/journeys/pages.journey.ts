import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, describe, it } from 'node:test';
import { submit_request } from '#modules/requests/index.ts';
import { perform } from '#platform/command.ts';
import { openStage, type Stage } from './browser.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

const PUBLIC = [
  '/',
  '/ask',
  '/requests',
  '/requests/1',
  '/map',
  '/sign-in',
  '/sign-in?with=password',
  '/design',
  '/developers',
  '/nothing-here',
];
const RESIDENT = ['/me', '/me/file', '/me/family', '/me/household', '/me/household?where=3栋501', '/me/notices'];
const STAFF = [
  '/desk',
  '/overview',
  '/requests/1',
  '/admin/categories',
  '/admin/rules',
  '/admin/people',
  '/admin/connections',
  '/admin/organisations',
  '/admin/posters?words=3栋',
];

let stage: Stage;
let number = 0;
before(async () => {
  stage = await openStage();
  const { environment, community, people, household } = stage.town;
  for (const text of ['楼道灯坏了', '夜里有电钻声', '想学书法']) {
    const caller = { actor: people.resident, community, via: 'test' };
    const told = await perform(environment, caller, submit_request, {
      category: { code: 'repairs' },
      text,
      wants_public: true,
      place: { household_id: household },
    });
    number ||= told.number;
  }
});
after(() => stage.close());

type Violation = { id: string; nodes: { target: string[]; failureSummary?: string }[] };

for (const locale of ['zh-CN', 'en'] as const) {
  for (const large of [false, true]) {
    describe(`every page, ${locale}${large ? ', large type' : ''}`, () => {
      for (const [who, paths] of [
        ['visitor', PUBLIC],
        ['resident', RESIDENT],
        ['administrator', STAFF],
      ] as const) {
        it(`is whole and accessible for a ${who}`, async () => {
          const as = who === 'visitor' ? undefined : stage.town.people[who];
          const { page, context, foreign } = await stage.visit({ as, locale, large });
          const problems: string[] = [];
          page.on(
            'console',
            (message) => message.type() === 'error' && !/404/.test(message.text()) && problems.push(message.text()),
          );
          for (const path of paths) {
            const answer = await page.goto(stage.url + path.replace('/requests/1', `/requests/${number}`));
            assert.ok((answer?.status() ?? 500) < 500, path);
            await page.evaluate(AXE);
            const violations = (await page.evaluate(
              (tags) =>
                (
                  globalThis as unknown as {
                    axe: { run(context: object, options: object): Promise<{ violations: unknown[] }> };
                  }
                ).axe
                  .run(document, { runOnly: tags })
                  .then((result) => result.violations),
              TAGS,
            )) as Violation[];
            for (const { id, nodes } of violations)
              problems.push(`${path}: ${id} at ${nodes[0]?.target.join(' ')}: ${nodes[0]?.failureSummary}`);
            const overflow = await page.evaluate(
              () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
            );
            if (overflow > 1) problems.push(`${path}: wider than the screen by ${overflow}`);
            if (large) {
              const small = await page.evaluate(() => Number.parseFloat(getComputedStyle(document.body).fontSize));
              if (small < 18) problems.push(`${path}: text of ${small} px in large type`);
            }
          }
          assert.deepEqual(problems, []);
          assert.deepEqual(foreign, []);
          await context.close();
        });
      }
    });
  }
}
