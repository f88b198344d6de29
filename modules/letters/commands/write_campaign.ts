import { z } from 'zod';
import { DAY_MS } from '#platform/clock.ts';
import { command } from '#platform/command.ts';
import { insertDownload } from '#platform/downloads.ts';
import { record } from '#platform/event.ts';
import { enqueue } from '#platform/jobs.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { campaignsWithCounts, changeCampaign, findCampaign, insertCampaign } from '../campaign.store.ts';
import { letterPolicy } from '../letter.policy.ts';
import { doorsToWrite, insertLetters, writeCodes } from '../letter.store.ts';
import { unknownVariables, walkingOrder } from '../letter.ts';

// What one page holds in large type.
const text = (limit: number) => z.string().trim().min(20).max(limit);
const title = z.string().trim().min(2).max(40);
const PRINT_KEPT_DAYS = 7;
const LETTERS_LIMIT = 60_000;

/** A home letter is written, one for every door of the grids named (all for none), in walking order. */
export const write_campaign = command({
  name: 'letters.write_campaign',
  input: z.object({
    titles: z.object({ 'zh-CN': title, en: title }),
    texts: z.object({ 'zh-CN': text(500), en: text(1000) }),
    valid_days: z.number().int().min(7).max(180).default(30),
    grid_ids: z.array(z.uuid()).max(500).default([]),
  }),
  async run(ctx, input) {
    const thing = { kind: 'letter_campaign', id: ctx.community.id };
    demand(letterPolicy, 'write_campaign', generalRelations(ctx.actor), thing);
    for (const [locale, words] of Object.entries(input.texts)) {
      const [name] = unknownVariables(words);
      if (name) refuse('variable_unknown', { name: `{${name}}` }, { field: `texts.${locale}` });
    }
    const doors = walkingOrder(await doorsToWrite(ctx, input.grid_ids));
    if (doors.length === 0) refuse('no_doors', {}, { field: 'grid_ids' });
    if (doors.length > LETTERS_LIMIT) refuse('too_large', { limit: LETTERS_LIMIT }, { field: 'grid_ids' });
    const id = ctx.newId<'letter_campaign'>();
    await insertCampaign(ctx, { id, ...input });
    await insertLetters(
      ctx,
      id,
      doors.map((door) => door.id),
    );
    record(ctx, 'letter_campaign.written', { kind: 'letter_campaign', id }, { letters: doors.length });
    return { id, letters: doors.length };
  },
});

/**
 * Prints all letters of a campaign, each with a new code: a job makes the PDF and says how far it is. Printing again ends
 * the codes printed before, so it is said why it may be done.
 */
export const print_campaign = command({
  name: 'letters.print_campaign',
  input: z.object({ id: z.uuid(), again: z.boolean().default(false) }),
  async run(ctx, { id, again }) {
    demand(letterPolicy, 'print', generalRelations(ctx.actor), { kind: 'letter_campaign', id });
    const [campaign] = await campaignsWithCounts(ctx, id);
    if (!campaign) notFound('letter_campaign', id);
    if (campaign.printed_at && !again) refuse('printed_already', {}, { field: 'again' });
    const download_id = ctx.newId<'download'>();
    await insertDownload(ctx, {
      ...{ id: download_id, kind: 'letters', subject_id: id, total: campaign.letters },
      ...{ file_name: 'home-letters.pdf', media_type: 'application/pdf' },
      expires_at: new Date(ctx.now.getTime() + PRINT_KEPT_DAYS * DAY_MS),
    });
    const expires_at = new Date(ctx.now.getTime() + campaign.valid_days * DAY_MS);
    await changeCampaign(ctx, id, { printed_at: ctx.now, expires_at });
    enqueue(ctx, { task: 'print_letters', payload: { campaign_id: id, download_id }, max_attempts: 3 });
    record(ctx, 'letter_campaign.printed', { kind: 'letter_campaign', id }, { letters: campaign.letters });
    return { download_id };
  },
});

/** The job that prints gives letters their codes, as keyed hashes alone: the codes are on paper and nowhere else. */
export const issue_codes = command({
  name: 'letters.issue_codes',
  input: z.object({
    campaign_id: z.uuid(),
    codes: z
      .array(z.object({ id: z.uuid(), hash: z.string().regex(/^[0-9a-f]{64}$/) }))
      .min(1)
      .max(2000),
  }),
  async run(ctx, { campaign_id, codes }) {
    const thing = { kind: 'letter_campaign', id: campaign_id };
    demand(letterPolicy, 'issue_codes', generalRelations(ctx.actor), thing);
    const campaign = (await findCampaign(ctx, campaign_id)) ?? notFound('letter_campaign', campaign_id);
    await writeCodes(ctx, codes, campaign.expires_at ?? ctx.now);
    return { issued: codes.length };
  },
});
