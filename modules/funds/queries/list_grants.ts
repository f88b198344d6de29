import { z } from 'zod';
import { dateIn } from '#platform/clock.ts';
import { allows, demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { fundPolicy } from '../fund.policy.ts';
import { grantsBy } from '../grant.store.ts';
import { stateOfInstalment } from '../grant.ts';
import { writePackage } from '../grant_package.ts';
import { ourSelves } from '../our_identifier.ts';
import { daysOfTransfers } from '../transfer.store.ts';

const PAGE = 30;
const MOST = 10_000;

/** Grants, given and received, with where each instalment stands: for everybody. */
export const list_grants = query({
  name: 'funds.list_grants',
  reads: 'nobody',
  input: z.object({ before: z.uuid().optional() }),
  async run(ctx, { before }) {
    const relations = generalRelations(ctx.actor);
    demand(fundPolicy, 'read_public', relations, { kind: 'ledger', id: ctx.community.id });
    const grants = await grantsBy(ctx, { before, limit: PAGE });
    const today = dateIn(ctx.community.time_zone, ctx.now);
    return {
      may: { post: allows(fundPolicy, 'post', relations), approve: allows(fundPolicy, 'approve', relations) },
      grants: grants.map(({ source, ...one }) => ({
        ...one,
        is_imported: source !== null,
        instalments: one.instalments.map((each) => ({ ...each, state: stateOfInstalment(each, today) })),
      })),
      next: grants.length === PAGE ? grants.at(-1)!.id : null,
    };
  },
});

/** All grants as a 360Giving package: what we gave and received as it was paid, what others published as they did. */
export const export_grants = query({
  name: 'funds.export_grants',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    demand(fundPolicy, 'read_public', generalRelations(ctx.actor), { kind: 'ledger', id: ctx.community.id });
    const grants = await grantsBy(ctx, { limit: MOST });
    const transfers = grants.flatMap((one) =>
      one.instalments.flatMap((each) => (each.is_paid ? (each.transfer_id ?? []) : [])),
    );
    const days = await daysOfTransfers(ctx, transfers);
    const written = grants.reverse().map((one) => ({
      ...one,
      paid: one.instalments.flatMap((each) =>
        each.is_paid && each.transfer_id
          ? [{ transfer_id: each.transfer_id, on: days.get(each.transfer_id)!, amount_fen: each.amount_fen }]
          : [],
      ),
    }));
    return writePackage(written, ourSelves(ctx.community), dateIn(ctx.community.time_zone, ctx.now));
  },
});
