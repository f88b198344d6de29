import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { check_community } from '#modules/insight/index.ts';
import { appendAll, keyOf, signOpenHead } from '#modules/log/index.ts';
import { system } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { letCouncilSignIn, writeCouncil } from './council.ts';
import { writeForum } from './forum.ts';
import { writeFunds } from './funds.ts';
import { makeGeography, type Scale } from './geography.ts';
import { writeGround } from './ground.ts';
import { writeGroups } from './groups.ts';
import { writeKnocks } from './knocks.ts';
import { writeLetters } from './letters.ts';
import { type SignIn, writeResidents } from './residents.ts';
import { writeCategories } from './rules.ts';
import { tellStory } from './story.ts';
import { writeVenture } from './venture.ts';

const TOLD = { small: 320, full: 1_500 } as const;

/**
 * Makes the demonstration: an invented neighbourhood on a real street network, with a year behind it. The same scale and
 * seed make the same one. The sign-ins of its roles are kept in the data folder for the page that shows them.
 */
export async function seed(
  environment: Environment,
  scale: Scale,
  { progress = () => {}, number = 1 }: { progress?: (text: string) => void; number?: number } = {},
): Promise<{ sign_ins: SignIn[]; commands: number }> {
  const now = environment.clock();
  const began = new Date(now.getTime() - 400 * 86_400_000);
  const geography = makeGeography(scale, number);
  const client = await environment.database.pool.connect();
  let sign_ins: SignIn[];
  let commands = 0;
  try {
    await client.query('begin');
    const ground = await writeGround(client, geography, began);
    progress(
      `  ${geography.buildings.length} buildings, ${ground.households.length} doors, ${geography.grids.length} grids`,
    );
    const residents = await writeResidents(client, environment, ground, scale, number, began);
    await writeCategories(client, ground, residents, began);
    const groups = await writeGroups(client, environment, ground, residents, scale, number, began);
    await client.query('commit');
    sign_ins = residents.sign_ins;
    progress(
      `  ${residents.ids.length} invented residents, ${residents.staff.length} staff, ${residents.organisations.length} organisations, a council of ${groups.council.length}`,
    );
    const community = await environment.communityById(ground.community_id);
    commands = await tellStory(environment, community, ground, residents, TOLD[scale], number, now);
    progress(`  a year of ${TOLD[scale]} needs and ideas`);
    commands += await writeKnocks(client, environment, community, ground, residents, scale, number, now);
    progress('  months of knocking on doors');
    commands += await writeLetters(environment, community, ground, residents, number, now);
    progress('  a home letter, its claims and replies');
    const purse = await writeFunds(environment, community, residents, groups, scale, number, now);
    commands += purse.commands;
    progress('  years of gifts, grants and receipts, closed month by month');
    commands += await writeVenture(environment, community, { residents, groups, purse }, scale, number, now);
    progress('  venture rounds: one decided, one in which neighbours vote');
    commands += await writeCouncil(environment, community, { ground, residents, groups }, scale, number, now);
    sign_ins.push(...(await letCouncilSignIn(environment, community, groups, now)));
    progress('  meetings of the council and what came of its resolutions');
    commands += await writeForum(client, environment, community, ground, residents, groups, scale, number, now);
    progress('  a year of Morning Tea');
    await readOldNotices(environment, community, now);
    await appendAll(environment, community);
    await signOpenHead(environment, community);
    const { verifier } = keyOf(environment, community);
    await perform(environment, { actor: system, community, via: 'command_line' }, check_community, { verifier });
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    client.release(true);
  }
  await writeFile(join(environment.data_dir, 'demo_sign_ins.json'), JSON.stringify(sign_ins), { mode: 0o600 });
  return { sign_ins, commands };
}

/** Of what people were told over the years, they have read all but the last days. */
async function readOldNotices(environment: Environment, { id }: Community, now: Date): Promise<void> {
  await environment.database
    .of(id)
    .updateTable('notices')
    .set((e) => ({ read_at: e.ref('created_at'), gathered_at: e.ref('created_at') }))
    .where('community_id', '=', id)
    .where('created_at', '<', new Date(now.getTime() - 7 * 86_400_000))
    .execute();
}
