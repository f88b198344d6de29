import { canonical } from '#modules/log/index.ts';
import { addDays } from '#platform/clock.ts';
import type { Ctx } from '#platform/context.ts';
import type { Campaign } from './disclosure.store.ts';
import type { Disclosure } from './disclosure.ts';
import { familyBalance, type GivenTotal, givenTotals, type PeriodTotal, periodTotals } from './period_total.store.ts';

/** What a disclosure says, in figures; pages say it in words. Names of givers stay in the ledger, where they can be hidden. */
export type DisclosureFigures = {
  campaign: Pick<Campaign, 'id' | 'names' | 'purposes' | 'subject' | 'filed_number' | 'starts_on' | 'ends_on'>;
  kind: Disclosure['kind'];
  from_on: string;
  until_on: string;
  opening_fen: number;
  given: GivenTotal[];
  moved: PeriodTotal[];
  closing_fen: number;
};

/** The figures of a disclosure as the ledger has them now. */
export async function disclosureFigures(ctx: Ctx, campaign: Campaign, one: Disclosure): Promise<DisclosureFigures> {
  const { id, names, purposes, subject, filed_number, starts_on, ends_on } = campaign;
  const family = { fund_id: campaign.fund_id };
  return {
    campaign: { id, names, purposes, subject, filed_number, starts_on, ends_on },
    ...{ kind: one.kind, from_on: one.from_on, until_on: one.until_on },
    opening_fen: await familyBalance(ctx, family, addDays(one.from_on, -1)),
    given: await givenTotals(ctx, campaign.fund_id, one.from_on, one.until_on),
    moved: await periodTotals(ctx, family, one.from_on, one.until_on),
    closing_fen: await familyBalance(ctx, family, one.until_on),
  };
}

/** The text that is published and hashed: the same figures are the same bytes everywhere. */
export const disclosureText = (figures: DisclosureFigures): string => canonical(figures);
