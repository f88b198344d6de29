import { z } from 'zod';
import { dateIn } from '#platform/clock.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { sha256 } from '#platform/crypto.ts';
import { record } from '#platform/event.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { findAccount } from '../account.store.ts';
import {
  type Campaign,
  insertCampaign,
  insertDisclosure,
  lockCampaign,
  publishedOf,
  setEnd,
} from '../disclosure.store.ts';
import { disclosuresOf } from '../disclosure.ts';
import { disclosureFigures, disclosureText } from '../disclosure_text.ts';
import { fundPolicy } from '../fund.policy.ts';

const both = (most: number) => {
  const text = z.string().trim().min(1).max(most);
  return z.object({ 'zh-CN': text, en: text });
};

/** Writes down that money is raised for something, or a project carried out with it, from when and until when. */
export const start_campaign = command({
  name: 'funds.start_campaign',
  input: z.object({
    names: both(80),
    purposes: both(1_000),
    fund_id: z.uuid(),
    subject: z.enum(['raising', 'project']).default('raising'),
    is_emergency: z.boolean().default(false),
    filed_number: z.string().trim().max(60).optional(),
    starts_on: z.iso.date(),
    ends_on: z.iso.date().optional(),
  }),
  async run(ctx, { filed_number, ends_on, ...given }) {
    const id = ctx.newId<'campaign'>();
    demand(fundPolicy, 'disclose', generalRelations(ctx.actor), { kind: 'campaign', id });
    const fund = await findAccount(ctx, given.fund_id);
    if (fund?.kind !== 'fund') refuse('account_unknown', {}, { field: 'fund_id' });
    if (ends_on && ends_on < given.starts_on) refuse('ends_before_start', {}, { field: 'ends_on' });
    if (given.is_emergency && given.subject === 'project') refuse('invalid_choice', {}, { field: 'is_emergency' });
    const campaign = { ...given, id, filed_number: filed_number || null, ends_on: ends_on ?? null };
    await insertCampaign(ctx, campaign);
    const { names, purposes, ...facts } = campaign;
    record(ctx, 'disclosure.campaign_started', { kind: 'campaign', id }, facts);
    return { id };
  },
});

/** Sets the day on which a campaign ends; what was disclosed already stays. */
export const end_campaign = command({
  name: 'funds.end_campaign',
  input: z.object({ id: z.uuid(), ends_on: z.iso.date() }),
  async run(ctx, { id, ends_on }) {
    demand(fundPolicy, 'disclose', generalRelations(ctx.actor), { kind: 'campaign', id });
    const campaign = (await lockCampaign(ctx, id)) ?? notFound('campaign', id);
    if (ends_on < campaign.starts_on) refuse('ends_before_start', {}, { field: 'ends_on' });
    const published = await publishedOf(ctx, [id]);
    if (published.some((one) => one.kind === 'final' || one.until_on > ends_on))
      refuse('campaign_disclosed', {}, { field: 'ends_on' });
    await setEnd(ctx, id, ends_on);
    record(ctx, 'disclosure.campaign_ended', { kind: 'campaign', id }, { ends_on });
    return { id };
  },
});

/** Publishes what is due of a campaign, out of the ledger as it is; the text stands from then on, and its hash is logged. */
export const publish_disclosure = command({
  name: 'funds.publish_disclosure',
  input: z.object({ campaign_id: z.uuid(), kind: z.enum(['interim', 'final']), until_on: z.iso.date() }),
  async run(ctx, { campaign_id, kind, until_on }) {
    const id = ctx.newId<'disclosure'>();
    demand(fundPolicy, 'disclose', generalRelations(ctx.actor), { kind: 'disclosure', id });
    const campaign = (await lockCampaign(ctx, campaign_id)) ?? notFound('campaign', campaign_id);
    const one = dueOf(ctx, campaign, kind, until_on);
    if ((await publishedOf(ctx, [campaign_id])).some((each) => each.kind === kind && each.until_on === until_on))
      refuse('disclosed_already');
    const text = disclosureText(await disclosureFigures(ctx, campaign, one));
    const hash = sha256(text).toString('hex');
    const { from_on, due_on } = one;
    await insertDisclosure(ctx, { id, campaign_id, kind, from_on, until_on, due_on, text, sha256: hash });
    record(
      ctx,
      'disclosure.published',
      { kind: 'disclosure', id },
      { campaign_id, kind, from_on, until_on, sha256: hash },
    );
    return { id, sha256: hash };
  },
});

function dueOf(ctx: Ctx, campaign: Campaign, kind: string, until_on: string) {
  const today = dateIn(ctx.community.time_zone, ctx.now);
  const one = disclosuresOf(campaign, today).find((each) => each.kind === kind && each.until_on === until_on);
  if (!one) notFound('campaign', campaign.id);
  if (one.until_on >= today) refuse('disclosure_ahead');
  return one;
}
