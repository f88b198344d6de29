import { z } from 'zod';
import { LARGEST_FEN } from '#platform/money.ts';
import type { GrantDirection } from './grant.ts';

/** The version of the 360Giving standard that is written. https://standard.threesixtygiving.org */
const VERSION = '1.4';

const text = (most: number) => z.string().trim().min(1).max(most);
const organisation = z.looseObject({ id: text(200), name: text(300) });
/** What has to be in a grant of a 360Giving package for it to be one, with everything else it says. */
const grant = z.looseObject({
  id: text(200),
  title: text(400),
  description: text(20_000),
  currency: z.string().regex(/^[A-Z]{3}$/),
  amountAwarded: z
    .number()
    .min(0)
    .max(LARGEST_FEN / 100),
  awardDate: z.string().regex(/^\d{4}-\d{2}-\d{2}/),
  recipientOrganization: z.array(organisation).min(1).max(20),
  fundingOrganization: z.array(organisation).min(1).max(20),
  plannedDates: z.array(z.looseObject({ startDate: z.string().optional(), endDate: z.string().optional() })).optional(),
});
export const grantPackage = z.looseObject({ grants: z.array(z.unknown()).min(1).max(5_000) });

export type GivingGrant = z.output<typeof grant>;
export type ReadGrant = {
  identifier: string;
  direction: GrantDirection;
  title: string;
  description: string;
  party_name: string;
  party_identifier: string;
  currency: string;
  amount_fen: number;
  awarded_on: string;
  starts_on: string | null;
  ends_on: string | null;
  source: Record<string, unknown>;
};

/**
 * Reads one grant of a package as it concerns us: given when we fund it, received otherwise. Amounts that are finer are
 * rounded to the hundredth; `source` keeps them. Gives a refusal's code and the field when it is none, or is to a person (whose
 * name has no place here). Pure.
 */
export function readGrant(raw: unknown, our_identifier: string): ReadGrant | { code: string; field: string } {
  if (raw !== null && typeof raw === 'object' && 'recipientIndividual' in raw)
    return { code: 'grant_to_person', field: 'recipientIndividual' };
  const read = grant.safeParse(raw);
  if (!read.success) return { code: 'grant_wrong', field: read.error.issues[0]?.path.join('.') || 'grants' };
  const { data } = read;
  const amount_fen = Math.round(data.amountAwarded * 100);
  const direction = data.fundingOrganization.some((one) => one.id === our_identifier) ? 'given' : 'received';
  const party = (direction === 'given' ? data.recipientOrganization : data.fundingOrganization)[0]!;
  const awarded_on = dayOf(data.awardDate);
  if (!awarded_on) return { code: 'grant_wrong', field: 'awardDate' };
  return {
    ...{ identifier: data.id, direction, title: data.title, description: data.description, currency: data.currency },
    ...{ party_name: party.name, party_identifier: party.id, amount_fen, awarded_on },
    starts_on: dayOf(data.plannedDates?.[0]?.startDate),
    ends_on: dayOf(data.plannedDates?.[0]?.endDate),
    source: raw as Record<string, unknown>,
  };
}

function dayOf(instant: string | undefined): string | null {
  const day = /^(\d{4}-\d{2}-\d{2})(T|$)/.exec(instant ?? '')?.[1];
  if (!day) return null;
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : null;
}

export type OurSelves = { identifier: string; name: string };
type Written = Omit<ReadGrant, 'source'> & {
  source: Record<string, unknown> | null;
  recorded_at: Date;
  paid: { transfer_id: string; on: string; amount_fen: number }[];
};

/** A grant as 360Giving has it; one that somebody else published is theirs, unchanged. Pure. */
export function writeGrant(one: Written, us: OurSelves): Record<string, unknown> {
  if (one.source) return one.source;
  const [ours, theirs] = [
    { id: us.identifier, name: us.name },
    { id: one.party_identifier, name: one.party_name },
  ];
  const amount = (fen: number) => fen / 100;
  const planned = { ...(one.starts_on && { startDate: one.starts_on }), ...(one.ends_on && { endDate: one.ends_on }) };
  return {
    ...{ id: one.identifier, title: one.title, description: one.description, currency: one.currency },
    ...{ amountAwarded: amount(one.amount_fen), awardDate: one.awarded_on },
    ...(Object.keys(planned).length > 0 && { plannedDates: [planned] }),
    ...(one.paid.length > 0 && { amountDisbursed: amount(one.paid.reduce((sum, each) => sum + each.amount_fen, 0)) }),
    fundingOrganization: [one.direction === 'given' ? ours : theirs],
    recipientOrganization: [one.direction === 'given' ? theirs : ours],
    ...(one.paid.length > 0 && {
      disbursementTransaction: one.paid.map((each) => ({
        ...{ id: each.transfer_id, transactionDate: each.on, currency: one.currency, value: amount(each.amount_fen) },
      })),
    }),
    dateModified: one.recorded_at.toISOString(),
  };
}

/** The package of all grants. Pure. */
export function writePackage(grants: readonly Written[], us: OurSelves, issued_on: string): Record<string, unknown> {
  return {
    ...{ version: VERSION, title: us.name, issued: issued_on, publisher: { name: us.name, identifier: us.identifier } },
    grants: grants.map((one) => writeGrant(one, us)),
  };
}
