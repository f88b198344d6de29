import type { Ctx } from '#platform/context.ts';
import { fingerprint, open, seal } from '#platform/crypto.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { maskName, sealedPlace } from './person.ts';

export type PersonRow = {
  id: string;
  login_id: string | null;
  name_sealed: Buffer;
  name_masked: string;
  public_name: string | null;
  born_in_year: number | null;
  languages: string[];
  large_type: boolean;
  created_at: Date;
  version: number;
};

const COLUMNS = [
  'id',
  'login_id',
  'name_sealed',
  'name_masked',
  'public_name',
  'born_in_year',
  'languages',
  'large_type',
  'created_at',
  'version',
] as const;

export async function findPerson(ctx: Ctx, id: string): Promise<PersonRow> {
  const row = await ctx.tx
    .selectFrom('people')
    .select(COLUMNS)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .where('erased_at', 'is', null)
    .executeTakeFirst();
  return (row as PersonRow | undefined) ?? notFound('person', id);
}

export function nameOf(ctx: Ctx, person: Pick<PersonRow, 'id' | 'name_sealed'>): string {
  return open(ctx.keys, sealedPlace.name(person.id), person.name_sealed);
}

export const nameFingerprint = (ctx: Pick<Ctx, 'keys'>, name: string) => fingerprint(ctx.keys, 'people/name', name);

/** The columns that a name fills: sealed, masked for lists, and a fingerprint for exact search. */
export function nameColumns(ctx: Ctx, id: string, name: string) {
  return {
    name_sealed: seal(ctx.keys, sealedPlace.name(id), name),
    name_masked: maskName(name),
    name_fingerprint: nameFingerprint(ctx, name),
  };
}

export async function insertPerson(
  ctx: Ctx,
  person: {
    id: string;
    name: string;
    login_id?: string;
    public_name?: string;
    born_in_year?: number;
    languages?: string[];
  },
) {
  const { name, ...rest } = person;
  await ctx.tx
    .insertInto('people')
    .values({
      ...rest,
      ...nameColumns(ctx, person.id, name),
      community_id: ctx.community.id,
      created_at: ctx.now,
      created_by_id: ctx.actor.kind === 'person' ? ctx.actor.id : person.id,
    })
    .execute();
}

export type PersonChanges = {
  name?: string;
  public_name?: string | null;
  born_in_year?: number | null;
  large_type?: boolean;
  languages?: string[];
};

/** Changes what is written; refused as `stale` when somebody else has changed it since `version`. */
export async function changePerson(
  ctx: Ctx,
  id: string,
  { name, ...rest }: PersonChanges,
  version?: number,
): Promise<void> {
  let update = ctx.tx
    .updateTable('people')
    .set((e) => ({ ...rest, ...(name !== undefined && nameColumns(ctx, id, name)), version: e('version', '+', 1) }))
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id);
  if (version !== undefined) update = update.where('version', '=', version);
  const { numUpdatedRows } = await update.executeTakeFirst();
  if (numUpdatedRows !== 1n) refuse('stale', {}, { kind: 'person', id });
}

/** Who a login is here. The login's row is locked, so that two first sign-ins at once make one person. */
export async function lockLogin(ctx: Ctx, login_id: string): Promise<string | undefined> {
  await ctx.tx.selectFrom('logins').select('id').where('id', '=', login_id).forUpdate().execute();
  const row = await ctx.tx
    .selectFrom('people')
    .select('id')
    .where('community_id', '=', ctx.community.id)
    .where('login_id', '=', login_id)
    .executeTakeFirst();
  return row?.id;
}

export async function setLogin(ctx: Ctx, id: string, login_id: string): Promise<void> {
  await ctx.tx
    .updateTable('people')
    .set({ login_id })
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .execute();
}

/** The names people show in public, by id; who shows none is not in the answer. */
export async function publicNames(ctx: Ctx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.tx
    .selectFrom('people')
    .select(['id', 'public_name'])
    .where('community_id', '=', ctx.community.id)
    .where('id', 'in', ids)
    .where('public_name', 'is not', null)
    .where('erased_at', 'is', null)
    .execute();
  return new Map(rows.map((row) => [row.id, row.public_name!]));
}
