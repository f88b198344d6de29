import type { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { Refusal } from '#platform/refusal.ts';
import { fundPolicy } from '../fund.policy.ts';
import { insertGrants, knownIdentifiers } from '../grant.store.ts';
import { grantPackage, type ReadGrant, readGrant } from '../grant_package.ts';
import { ourSelves } from '../our_identifier.ts';

/** Takes in the grants of a 360Giving package: all or none, each wrong one told; known ones are left as they are. */
export const import_grants = command({
  name: 'funds.import_grants',
  input: grantPackage,
  async run(ctx, { grants }) {
    demand(fundPolicy, 'post', generalRelations(ctx.actor), { kind: 'grants', id: ctx.community.id });
    const us = ourSelves(ctx.community);
    const refusals: Refusal[] = [];
    const read: ReadGrant[] = [];
    const seen = new Set<string>();
    for (const [i, raw] of grants.entries()) {
      const one = readGrant(raw, us.identifier);
      if ('code' in one) refusals.push(new Refusal(one.code, {}, { line: i + 1, field: one.field }));
      else if (seen.has(one.identifier)) refusals.push(new Refusal('grant_twice', {}, { line: i + 1, field: 'id' }));
      else read.push(one);
      if (!('code' in one)) seen.add(one.identifier);
    }
    const [first, ...others] = refusals;
    if (first) throw new Refusal(first.code, first.vars, first.where, others.slice(0, 1_000));
    const known = await knownIdentifiers(ctx, [...seen]);
    const fresh = read.filter((one) => !known.has(one.identifier));
    // The latest last, so that lists begin with it.
    const rows = fresh.map((one) => ({ ...one, id: ctx.newId(), organisation_id: null, fund_id: null }));
    await insertGrants(ctx, rows);
    const counts = { accepted: rows.length, known_already: read.length - rows.length };
    record(ctx, 'grant.imported', { kind: 'community', id: ctx.community.id }, counts);
    return { read: grants.length, ...counts };
  },
});

export type GrantPackage = z.input<typeof grantPackage>;
