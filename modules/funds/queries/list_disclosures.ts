import { z } from 'zod';
import { dateIn } from '#platform/clock.ts';
import { allows, demand, generalRelations } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { campaignsBy, findDisclosure, publishedOf } from '../disclosure.store.ts';
import { disclosuresOf, stateOfDisclosure } from '../disclosure.ts';
import { type DisclosureFigures, disclosureFigures } from '../disclosure_text.ts';
import { fundPolicy } from '../fund.policy.ts';

const MOST = 100;

/** Campaigns with what was disclosed of them and what is due: for everybody. */
export const list_disclosures = query({
  name: 'funds.list_disclosures',
  reads: 'nobody',
  input: z.object({}),
  async run(ctx) {
    const relations = generalRelations(ctx.actor);
    demand(fundPolicy, 'read_public', relations, { kind: 'ledger', id: ctx.community.id });
    const campaigns = await campaignsBy(ctx, { limit: MOST });
    const published = await publishedOf(
      ctx,
      campaigns.map((one) => one.id),
    );
    const today = dateIn(ctx.community.time_zone, ctx.now);
    return {
      may_disclose: allows(fundPolicy, 'disclose', relations),
      campaigns: campaigns.map((campaign) => {
        const own = published.filter((one) => one.campaign_id === campaign.id);
        const disclosures = disclosuresOf(campaign, today).map((one) => {
          const out = own.find((each) => each.kind === one.kind && each.until_on === one.until_on);
          return {
            ...one,
            id: out?.id ?? null,
            published_at: out?.published_at ?? null,
            state: stateOfDisclosure(one, Boolean(out), today),
          };
        });
        // What was published under dates that were changed since is still published.
        const told = new Set(disclosures.map((one) => one.id));
        return { ...campaign, disclosures, earlier: own.filter((one) => !told.has(one.id)) };
      }),
    };
  },
});

/** One that was published, letter for letter, with its figures. */
export const show_disclosure = query({
  name: 'funds.show_disclosure',
  reads: 'nobody',
  input: z.object({ id: z.uuid() }),
  async run(ctx, { id }) {
    demand(fundPolicy, 'read_public', generalRelations(ctx.actor), { kind: 'ledger', id: ctx.community.id });
    const disclosure = (await findDisclosure(ctx, id)) ?? notFound('disclosure', id);
    return { ...disclosure, figures: JSON.parse(disclosure.text) as DisclosureFigures };
  },
});

/** What would be published now, for whoever may: to look at before it stands for ever. */
export const draft_disclosure = query({
  name: 'funds.draft_disclosure',
  reads: 'nobody',
  input: z.object({ campaign_id: z.uuid(), kind: z.enum(['interim', 'final']), until_on: z.iso.date() }),
  async run(ctx, { campaign_id, kind, until_on }) {
    demand(fundPolicy, 'disclose', generalRelations(ctx.actor), { kind: 'campaign', id: campaign_id });
    const [campaign] = await campaignsBy(ctx, { id: campaign_id, limit: 1 });
    if (!campaign) notFound('campaign', campaign_id);
    const today = dateIn(ctx.community.time_zone, ctx.now);
    const one = disclosuresOf(campaign, today).find((each) => each.kind === kind && each.until_on === until_on);
    if (!one || one.until_on >= today) notFound('campaign', campaign_id);
    return { ...one, figures: await disclosureFigures(ctx, campaign, one) };
  },
});
