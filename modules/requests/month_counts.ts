import type { Ctx } from '#platform/context.ts';
import {
  type Counted,
  countOpen,
  countParts,
  type Dimension,
  type Fingerprint,
  type Month,
  monthsBetween,
  namesOf,
} from './measures.store.ts';
import { addUp, type Counts, type Tally } from './measures.ts';

export type Group = Counts & { dimension: Dimension; key: string | null; names: Record<string, string> | null };

/** A month added up: the tally of every group, by dimension and key, and the fingerprint of the rows it was taken from. */
type MonthCounts = Fingerprint & { month: string; tallies: Map<string, Tally> };

const NOTHING: Tally = { facts: { values: [], times: [] }, hours: { values: [], times: [] } };
/** About a hundred kilobytes each at a thousand requests a week. */
const KEPT_MONTHS = 120;
const kept = new Map<string, MonthCounts>();

/**
 * Counts of the requests told in a period, once over all and once by each dimension and month. Months that have
 * not changed since they were last added up (their fingerprint says so) are not read again; what is open and late is
 * counted anew each time. Decision 0007 says why the figures are those of one pass over all rows.
 */
export async function countByDimension(ctx: Ctx, from: Date, to: Date): Promise<Group[]> {
  const [months, open] = await Promise.all([monthsBetween(ctx, from, to), countOpen(ctx, from, to)]);
  const counted = await countMonths(ctx, months, from, to);
  const parts = new Map<string, Tally[]>([['all/null', []]]);
  const give = (group: string, tally: Tally) => parts.set(group, [...(parts.get(group) ?? []), tally]);
  for (const { month, tallies } of counted) {
    for (const [group, tally] of tallies) give(group, tally);
    if (tallies.has('all/null')) give(`month/${month}`, tallies.get('all/null')!);
  }
  const openOf = new Map(open.map(({ dimension, key, ...counts }) => [`${dimension}/${key}`, counts]));
  const groups = [...parts].map(([group, tallies]) => {
    const [dimension, id] = group.split('/') as [Dimension, string];
    return { dimension, key: id === 'null' ? null : id, ...addUp(tallies), ...openOf.get(group) };
  });
  const ids = groups.flatMap(({ dimension, key }) => (key && dimension !== 'month' ? [key] : []));
  const names = await namesOf(ctx, ids);
  return groups
    .map((group) => ({ ...group, names: names.get(group.key ?? '') ?? null }))
    .sort((a, b) => compare(a.dimension, b.dimension) || compare(a.key ?? '', b.key ?? ''));
}

const isSame = (one: Fingerprint, other: Fingerprint) =>
  one.requests === other.requests && one.versions === other.versions && one.instants === other.instants;

/** Every month of the period added up: those that are known and unchanged as they are, the others in one statement. */
async function countMonths(ctx: Ctx, months: Month[], from: Date, to: Date): Promise<MonthCounts[]> {
  const known: MonthCounts[] = [];
  const wanted: Month[] = [];
  for (const month of months) {
    const key = keyOf(ctx, month, from, to);
    const found = key ? kept.get(key) : undefined;
    if (found && isSame(found, month)) known.push(found);
    else wanted.push(month);
  }
  if (wanted.length === 0) return known;
  const parts = wanted.map(({ begins, ends }) => ({
    begins: begins > from ? begins : from,
    ends: ends < to ? ends : to,
  }));
  const rows = await countParts(ctx, parts);
  const fresh = wanted.map(({ month }, at) => monthOf(month, rows, at + 1));
  for (const [at, month] of fresh.entries()) {
    const key = keyOf(ctx, wanted[at]!, from, to);
    if (key) keep(key, month);
  }
  return [...known, ...fresh];
}

/**
 * What a month, or the part of it that the period holds, is kept under. Parts of one month that share an end lie within each
 * other, so an equal fingerprint means the same rows; parts cut at both ends do not, and are not kept.
 */
function keyOf(ctx: Ctx, { month, begins, ends }: Month, from: Date, to: Date): string | null {
  if (begins < from && ends > to) return null;
  return [ctx.community.id, ctx.community.time_zone, month, begins < from ? 'its end' : 'its beginning'].join('/');
}

function monthOf(month: string, rows: readonly Counted[], part: number): MonthCounts {
  const counted: MonthCounts = { month, requests: 0, versions: 0, instants: 0, tallies: new Map() };
  for (const { what, dimension, key, values, times, part: of } of rows) {
    if (of !== part) continue;
    if (what === 'fingerprint')
      [counted.requests, counted.instants, counted.versions] = [values[0]!, values[1]!, times[0]!];
    else {
      const group = `${dimension}/${key}`;
      counted.tallies.set(group, { ...(counted.tallies.get(group) ?? NOTHING), [what]: { values, times } });
    }
  }
  return counted;
}

/** The month kept longest makes room. */
function keep(key: string, month: MonthCounts): void {
  kept.delete(key);
  kept.set(key, month);
  if (kept.size > KEPT_MONTHS) kept.delete(kept.keys().next().value!);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
