import { z } from 'zod';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { record } from '#platform/event.ts';
import { demand, generalRelations } from '#platform/policy.ts';
import { Refusal } from '#platform/refusal.ts';
import { groupPolicy } from '../group.policy.ts';
import { insertMembership } from '../membership.store.ts';
import { insertOrganisation, type KnownOrganisation, knownOrganisations } from '../organisation.store.ts';
import { takesOrganisations } from '../organisation.ts';
import { type ReadOrganisation, readOrganisations } from '../roster.ts';

const ROWS_LIMIT = 5_000;
const text = z.string().trim().max(200).default('');
const row = z.object({
  line: z.number().int().min(1),
  kind: text,
  name_zh: text,
  name_en: text,
  phase: text,
  parent: text,
  member_of: text,
  contact: text,
  registered_number: text,
});

/**
 * A roster of organisations: all rows or none, each wrong one refused with its line and column. What is there already (by
 * kind and Chinese name) is left as it is, so that giving the same roster again changes nothing.
 */
export const import_organisations = command({
  name: 'groups.import_organisations',
  input: z.object({
    rows: z.array(row).min(1).max(ROWS_LIMIT),
    /** Codes of kinds and phases by the words that the file may use for them. */
    words: z.record(z.string().max(80), z.string().max(40)).default({}),
  }),
  async run(ctx, input) {
    demand(groupPolicy, 'write', generalRelations(ctx.actor), { kind: 'roster', id: ctx.community.id });
    const rows = readOrganisations(input.rows, new Map(Object.entries(input.words)));
    const known = new Map((await knownOrganisations(ctx)).map((one) => [keyOf(one), one]));
    const byName = Map.groupBy(known.values(), (one) => one.names['zh-CN']);
    const fresh = rows.filter((one) => !known.has(keyOf(one)));
    for (const one of fresh) {
      const added = { id: ctx.newId(), kind: one.kind, names: one.names };
      known.set(keyOf(one), added);
      byName.set(one.names['zh-CN'], [...(byName.get(one.names['zh-CN']) ?? []), added]);
    }
    demandPlaces(fresh, byName);
    for (const one of parentsFirst(fresh)) await write(ctx, one, known.get(keyOf(one))!.id, byName);
    const counts = { organisations: fresh.length, there_already: rows.length - fresh.length };
    record(ctx, 'organisations.imported', { kind: 'community', id: ctx.community.id }, counts);
    return { read: rows.length, accepted: rows.length, ...counts };
  },
});

const keyOf = (one: Pick<KnownOrganisation, 'kind' | 'names'>) => `${one.kind}/${one.names['zh-CN']}`;
type ByName = Map<string, KnownOrganisation[]>;

/** What a row says it is part of or belongs to is there, once, and takes organisations. */
function demandPlaces(rows: readonly ReadOrganisation[], byName: ByName): void {
  const refusals: Refusal[] = [];
  for (const { line, parent, member_of, names } of rows) {
    for (const [field, name] of [
      ['parent', parent],
      ['member_of', member_of],
    ] as const) {
      if (name === null) continue;
      const found = byName.get(name) ?? [];
      const no = (code: string) => refusals.push(new Refusal(code, { name }, { line, field }));
      if (found.length === 0) no('name_unknown');
      else if (found.length > 1) no('name_ambiguous');
      else if (name === names['zh-CN']) no('parent_circle');
      else if (field === 'member_of' && !takesOrganisations(found[0]!.kind)) no('members_are_people');
    }
  }
  if (refusals[0]) throw new Refusal(refusals[0].code, refusals[0].vars, refusals[0].where, refusals.slice(1));
}

/** Parents stand before their parts; a circle among the rows is refused at the line that closes it. */
function parentsFirst(rows: readonly ReadOrganisation[]): ReadOrganisation[] {
  const byName = new Map(rows.map((one) => [one.names['zh-CN'], one]));
  const sorted = new Set<ReadOrganisation>();
  const place = (one: ReadOrganisation, above: ReadonlySet<ReadOrganisation>) => {
    if (sorted.has(one)) return;
    if (above.has(one)) throw new Refusal('parent_circle', {}, { line: one.line, field: 'parent' });
    for (const name of [one.parent, one.member_of]) {
      const parent = name === null ? undefined : byName.get(name);
      if (parent) place(parent, new Set([...above, one]));
    }
    sorted.add(one);
  };
  for (const one of rows) place(one, new Set());
  return [...sorted];
}

async function write(ctx: Ctx, row: ReadOrganisation, id: string, byName: ByName): Promise<void> {
  const idOf = (name: string | null) => (name === null ? null : byName.get(name)![0]!.id);
  const { kind, names, phase, contact, registered_number } = row;
  const parent_id = idOf(row.parent);
  await insertOrganisation(ctx, id, {
    ...{ kind, names, phase, contact, registered_number, parent_id },
    building_id: null,
    about: {},
  });
  const organisation_id = idOf(row.member_of);
  if (organisation_id)
    await insertMembership(ctx, { id: ctx.newId(), organisation_id, person_id: null, member_organisation_id: id });
}
