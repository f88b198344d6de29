import type { Ctx } from '#platform/context.ts';
import { donationsBy } from './donation.store.ts';
import { publicDonation, publicSpending } from './public.view.ts';
import { spendingsBy } from './spending.store.ts';

type Caused = { cause_kind: string | null; cause_id: string | null };

/** Each with the gift or the spending it belongs to, as far as the public may know. */
export async function withCauses<Line extends Caused>(ctx: Ctx, lines: readonly Line[]) {
  const of = (kind: string) => [
    ...new Set(lines.flatMap((line) => (line.cause_kind === kind && line.cause_id ? [line.cause_id] : []))),
  ];
  const [gifts, spent] = [of('donation'), of('spending')];
  const donations = gifts.length ? await donationsBy(ctx, { ids: gifts, limit: gifts.length }, false) : [];
  const spendings = spent.length ? await spendingsBy(ctx, { ids: spent, limit: spent.length }, false) : [];
  const donationOf = new Map(donations.map((one) => [one.id, publicDonation(one)]));
  const spendingOf = new Map(spendings.map((one) => [one.id, publicSpending(one)]));
  return lines.map((line) => ({
    ...line,
    gift: donationOf.get(line.cause_id ?? '') ?? null,
    spending: spendingOf.get(line.cause_id ?? '') ?? null,
  }));
}
