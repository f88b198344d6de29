import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { submit_request } from '#modules/requests/index.ts';
import { perform } from '#platform/command.ts';
import { findProblems } from './accessible.ts';
import { openStage, type Stage } from './browser.ts';

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
          const there = paths.map((path) => path.replace('/requests/1', `/requests/${number}`));
          assert.deepEqual(await findProblems(stage, there, { as, locale, large }), []);
        });
      }
    });
  }
}
