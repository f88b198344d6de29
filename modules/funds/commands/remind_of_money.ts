import { z } from 'zod';
import { addDays, dateIn } from '#platform/clock.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { idFrom } from '#platform/ids.ts';
import { notify } from '#platform/notify.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { heldAdvances } from '../advance.store.ts';
import { ADVANCE_TOLD_DAYS, stillOut } from '../advance.ts';
import { campaignsBy, publishedOf } from '../disclosure.store.ts';
import { disclosuresOf, stateOfDisclosure } from '../disclosure.ts';
import { fundPolicy } from '../fund.policy.ts';
import { holdersOf } from '../holder.store.ts';
import { pledgesBy, setLapsed } from '../pledge.store.ts';
import { LAPSES_DAYS_AFTER, stateOfPledge, TOLD_DAYS_BEFORE } from '../pledge.ts';

const AT_ONCE = 500;

/** Tells who promised, who has an advance, and who has to disclose, each once; promises that nobody kept for long lapse. */
export const remind_of_money = command({
  name: 'funds.remind_of_money',
  input: z.object({}),
  async run(ctx) {
    demand(fundPolicy, 'remind', generalRelations(ctx.actor), { kind: 'ledger', id: ctx.community.id });
    const today = dateIn(ctx.community.time_zone, ctx.now);
    return {
      pledges: await remindOfPledges(ctx, today),
      advances: await remindOfAdvances(ctx, today),
      disclosures: await remindOfDisclosures(ctx, today),
    };
  },
});

async function remindOfPledges(ctx: Ctx, today: string): Promise<number> {
  const treasurers = await holdersOf(ctx, ['treasurer']);
  const due = await pledgesBy(ctx, { is_settled: false, due_until: addDays(today, TOLD_DAYS_BEFORE), limit: AT_ONCE });
  for (const pledge of due) {
    const is_overdue = stateOfPledge(pledge, today) === 'overdue';
    if (pledge.due_on < addDays(today, -LAPSES_DAYS_AFTER)) {
      await setLapsed(ctx, pledge.id, null);
      record(ctx, 'pledge.lapsed', { kind: 'pledge', id: pledge.id });
      continue;
    }
    const people = [...(pledge.person_id ? [pledge.person_id] : []), ...(is_overdue ? treasurers : [])];
    await tell(ctx, people, is_overdue ? 'pledge_overdue' : 'pledge_due', pledge.due_on, {
      kind: 'pledge',
      id: pledge.id,
    });
  }
  return due.length;
}

async function remindOfAdvances(ctx: Ctx, today: string): Promise<number> {
  const treasurers = await holdersOf(ctx, ['treasurer']);
  let told = 0;
  for (const held of await heldAdvances(ctx)) {
    const [oldest] = stillOut(held.paid, held.covered_fen);
    if (!oldest || oldest.due_on > addDays(today, ADVANCE_TOLD_DAYS)) continue;
    const is_overdue = oldest.due_on < today;
    const subject = { kind: 'spending', id: oldest.spending_id };
    await tell(
      ctx,
      [held.holder_id, ...(is_overdue ? treasurers : [])],
      is_overdue ? 'advance_overdue' : 'advance_due',
      oldest.due_on,
      subject,
    );
    told++;
  }
  return told;
}

async function remindOfDisclosures(ctx: Ctx, today: string): Promise<number> {
  const people = await holdersOf(ctx, ['treasurer', 'secretary']);
  const campaigns = await campaignsBy(ctx, { limit: AT_ONCE });
  const published = await publishedOf(
    ctx,
    campaigns.map((one) => one.id),
  );
  let told = 0;
  for (const campaign of campaigns)
    for (const one of disclosuresOf(campaign, today)) {
      const isOut = published.some(
        (each) => each.campaign_id === campaign.id && each.kind === one.kind && each.until_on === one.until_on,
      );
      const state = stateOfDisclosure(one, isOut, today);
      if (state !== 'due' && state !== 'overdue') continue;
      const subject = { kind: 'campaign', id: campaign.id };
      await tell(ctx, people, state === 'due' ? 'disclosure_due' : 'disclosure_overdue', one.due_on, subject);
      told++;
    }
  return told;
}

/** Once for each person, thing, day and what is said of it, however often the job runs. */
async function tell(
  ctx: Ctx,
  people: readonly string[],
  template: string,
  due_on: string,
  subject: { kind: string; id: string },
) {
  for (const person_id of new Set(people))
    await notify(
      ctx,
      { person_id, template, vars: { due_on }, subject, is_for_work: true },
      idFrom('money', subject.id, due_on),
    );
}
