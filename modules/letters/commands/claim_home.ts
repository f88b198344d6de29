import { z } from 'zod';
import { claimResidence, HOUSEHOLD_RELATIONS } from '#modules/people/index.ts';
import { isStaff, principalOf } from '#platform/actor.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { refuse } from '#platform/refusal.ts';
import { letterPolicy } from '../letter.policy.ts';
import {
  claimsOf,
  deleteOldTries,
  insertClaim,
  insertTry,
  type Letter,
  lockByCode,
  lockClaimant,
  wrongTries,
} from '../letter.store.ts';
import { MOST_CLAIMS, readCode, WRONG_TRIES, WRONG_TRIES_OF_ALL } from '../letter.ts';

export type ClaimAnswer = { outcome: 'verified' | 'waiting' | 'disputed' | 'wrong_code' };

/**
 * Somebody with a home letter in hand says that they live there. The first to claim is verified; others of the household
 * wait until one of them says so. A wrong code is an answer, not a refusal, so that it is counted: after some within the
 * hour no code is looked at. Wrong, unknown and run out are told apart by nobody.
 */
export const claim_home = command<z.infer<typeof input>, ClaimAnswer>({
  name: 'letters.claim_home',
  get input() {
    return input;
  },
  async run(ctx, { code: typed, name, born_in_year, relation }) {
    if (ctx.actor.kind !== 'person') refuse('sign_in_first');
    const person_id = principalOf(ctx.actor);
    demand(letterPolicy, 'claim', generalRelations(ctx.actor), { kind: 'letter', id: person_id });
    if (born_in_year > ctx.now.getUTCFullYear()) refuse('invalid_input', {}, { field: 'born_in_year' });
    const letter = await letterOf(ctx, typed);
    if (!letter) return { outcome: 'wrong_code' };
    const claims = await claimsOf(ctx, letter.id);
    if (claims.some((claim) => claim.person_id === person_id)) refuse('claimed_already', {}, { field: 'code' });
    if (claims.length >= MOST_CLAIMS) refuse('claims_full', {}, { field: 'code' });
    const is_first = !claims.some((claim) => claim.outcome === 'verified');
    const { household_id } = letter;
    const outcome = await claimResidence(ctx, {
      ...{ person_id, household_id, relation, name, born_in_year, is_first },
      verified_how: 'people.verified.by_letter',
    });
    await insertClaim(ctx, { letter_id: letter.id, person_id, outcome });
    record(ctx, 'letter.claimed', { kind: 'letter', id: letter.id }, { outcome });
    return { outcome };
  },
});

const input = z.object({
  code: z.string().trim().min(1).max(40),
  name: z.string().trim().min(1).max(60),
  born_in_year: z.number().int().min(1890),
  relation: z.enum(HOUSEHOLD_RELATIONS).default('member'),
});

/** The letter of a code that is good today; none counts as a wrong try, and too many of those are refused before any look. */
async function letterOf(ctx: Ctx, typed: string): Promise<Letter | undefined> {
  const who = ctx.actor.id;
  await lockClaimant(ctx, who);
  const tries = await wrongTries(ctx, who);
  // Staff at the desk type many people's codes.
  const most = isStaff(ctx.actor) ? WRONG_TRIES * 6 : WRONG_TRIES;
  if (tries.mine >= most || tries.all >= WRONG_TRIES_OF_ALL) refuse('letter_codes_tried', {}, { field: 'code' });
  const code = readCode(typed);
  const letter = code ? await lockByCode(ctx, code) : undefined;
  if (letter?.expires_at && letter.expires_at > ctx.now) return letter;
  await insertTry(ctx, who);
  return undefined;
}

/** Forgets wrong codes that were tried more than a day ago; a daily job does. */
export const forget_tries = command({
  name: 'letters.forget_tries',
  input: z.object({}),
  async run(ctx) {
    const thing = { kind: 'letter_tries', id: ctx.community.id };
    demand(letterPolicy, 'issue_codes', generalRelations(ctx.actor), thing);
    await deleteOldTries(ctx);
    return {};
  },
});
