import { sql } from 'kysely';
import type { LogFinding } from '#modules/log/index.ts';
import type { Ctx } from '#platform/context.ts';
import { differing } from './differing.store.ts';

/**
 * Compares promises, grants that were written here with their instalments, advances, campaigns and disclosures with the facts
 * that were logged: what was promised and what came of it, what was published letter for letter. Reads everything.
 */
export async function booksWitness(ctx: Ctx): Promise<LogFinding[]> {
  const parts = [
    await differing(ctx, 'pledges', pledgeFacts(ctx), pledgeRows(ctx)),
    await differing(ctx, 'grants', grantFacts(ctx), grantRows(ctx)),
    await differing(ctx, 'advances', factsOf(ctx, 'spending', 'advance.asked'), advanceRows(ctx)),
    await differing(ctx, 'campaigns', campaignFacts(ctx), campaignRows(ctx)),
    await differing(ctx, 'disclosures', factsOf(ctx, 'disclosure', 'disclosure.published'), disclosureRows(ctx)),
  ];
  return parts.flat();
}

/** Facts of a kind, found by what they are about: the index knows that. */
const factsOf = (ctx: Ctx, subject_kind: string, kind: string) => sql`
  select subject_id as id, data from events
  where community_id = ${ctx.community.id} and subject_kind = ${subject_kind} and kind = ${kind}`;

const pledgeFacts = (ctx: Ctx) => sql`
  select m.id, m.data || jsonb_build_object('lapsed', l.id is not null, 'gifts', coalesce(k.gifts, '[]')) as data
  from (${factsOf(ctx, 'pledge', 'pledge.made')}) m
    left join (${factsOf(ctx, 'pledge', 'pledge.lapsed')}) l on l.id = m.id
    left join (select id, jsonb_agg(data->>'donation_id' order by data->>'donation_id') as gifts
      from (${factsOf(ctx, 'pledge', 'pledge.kept')}) gift group by id) k on k.id = m.id`;

const pledgeRows = (ctx: Ctx) => sql`
  select p.id, jsonb_build_object('pledge_kind', kind, 'amount_fen', amount_fen, 'hours', hours, 'wish', wish, 'due_on', due_on::text,
    'lapsed', lapsed_at is not null, 'gifts', coalesce(k.gifts, '[]')) as data
  from pledges p
    left join (select pledge_id, jsonb_agg(donation_id::text order by donation_id::text) as gifts from pledge_donations
      where community_id = ${ctx.community.id} group by 1) k on k.pledge_id = p.id
  where p.community_id = ${ctx.community.id}`;

/** Of an instalment that was asked for again the last spending counts. */
const grantFacts = (ctx: Ctx) => sql`
  select w.id, w.data || jsonb_build_object('met', coalesce(s.met, '[]'), 'paid', coalesce(s.paid, '{}')) as data
  from (${factsOf(ctx, 'grant', 'grant.written')}) w
    left join (select subject_id, jsonb_agg((data->>'number')::int order by (data->>'number')::int) filter (where kind = 'grant.condition_met') as met,
        jsonb_object_agg(data->>'number', coalesce(data->>'spending_id', data->>'transfer_id') order by id)
          filter (where kind <> 'grant.condition_met') as paid
      from events where community_id = ${ctx.community.id} and subject_kind = 'grant'
        and kind in ('grant.condition_met', 'grant.instalment_asked', 'grant.instalment_received') group by 1) s on s.subject_id = w.id`;

/** Grants that others published came in whole packages and are what those say. */
const grantRows = (ctx: Ctx) => sql`
  select g.id, jsonb_build_object('direction', direction, 'fund_id', fund_id, 'amount_fen', amount_fen, 'awarded_on', awarded_on::text,
    'party', party_identifier, 'instalments', i.planned, 'met', coalesce(i.met, '[]'), 'paid', coalesce(i.paid, '{}')) as data
  from grants g
    left join (select grant_id,
        jsonb_agg(jsonb_build_object('amount_fen', amount_fen, 'due_on', due_on::text, 'condition', condition) order by number) as planned,
        jsonb_agg(number order by number) filter (where met_at is not null) as met,
        jsonb_object_agg(number::text, coalesce(spending_id, transfer_id)) filter (where coalesce(spending_id, transfer_id) is not null) as paid
      from grant_instalments where community_id = ${ctx.community.id} group by 1) i on i.grant_id = g.id
  where g.community_id = ${ctx.community.id} and g.source is null`;

const advanceRows = (ctx: Ctx) => sql`
  select spending_id as id, jsonb_build_object('account_id', account_id, 'due_on', due_on::text) as data
  from advances where community_id = ${ctx.community.id}`;

const campaignFacts = (ctx: Ctx) => sql`
  select s.id, s.data || coalesce((select e.data from events e where e.community_id = ${ctx.community.id} and e.subject_kind = 'campaign'
    and e.subject_id = s.id and e.kind = 'disclosure.campaign_ended' order by e.id desc limit 1), '{}') as data
  from (${factsOf(ctx, 'campaign', 'disclosure.campaign_started')}) s`;

const campaignRows = (ctx: Ctx) => sql`
  select id, jsonb_build_object('id', id, 'fund_id', fund_id, 'subject', subject, 'is_emergency', is_emergency,
    'filed_number', filed_number, 'starts_on', starts_on::text, 'ends_on', ends_on::text) as data
  from campaigns where community_id = ${ctx.community.id}`;

const disclosureRows = (ctx: Ctx) => sql`
  select id, jsonb_build_object('campaign_id', campaign_id, 'kind', kind, 'from_on', from_on::text, 'until_on', until_on::text,
    'sha256', case when sha256 = encode(sha256(convert_to(text, 'UTF8')), 'hex') then sha256 end) as data
  from disclosures where community_id = ${ctx.community.id}`;
