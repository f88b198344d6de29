import { type SqlBool, sql } from 'kysely';
import { type Actor, principalOf } from '#platform/actor.ts';
import type { Ctx } from '#platform/context.ts';
import { allows, generalRelations } from '#platform/policy.ts';
import { requestPolicy } from './request.policy.ts';

/** Whether the actor reads every request, whoever told or owns it, as `requestPolicy` says. */
export const readsAll = (actor: Actor): boolean => allows(requestPolicy, 'show_private', generalRelations(actor));

/** Whether the actor may read all of a request: `show_private` of `requestPolicy` for the rows of a list under `alias`. */
export function isReader({ actor }: Ctx, alias: string) {
  if (readsAll(actor)) return sql<SqlBool>`true`;
  if (actor.kind !== 'person') return sql<SqlBool>`false`;
  const r = sql.raw(alias);
  const scopes = (role: string) =>
    actor.roles.flatMap((one) => (one.role === role && one.scope_id ? one.scope_id : []));
  const [organisations, grids] = [scopes('handler'), scopes('grid_worker')];
  const any = [sql`${r}.reporter_id in (${actor.id}, ${principalOf(actor)})`, sql`${r}.owner_id = ${actor.id}`];
  if (organisations.length > 0) any.push(sql`${r}.owner_organisation_id = any(${organisations}::uuid[])`);
  if (grids.length > 0) any.push(sql`${r}.grid_id = any(${grids}::uuid[])`);
  any.push(sql`exists (select 1 from request_helpers h where h.community_id = ${r}.community_id and h.request_id = ${r}.id
    and h.ended_at is null and (h.person_id = ${actor.id} or h.organisation_id = any(${organisations}::uuid[])))`);
  return sql<SqlBool>`(${sql.join(any, sql` or `)})`;
}

/** Whether the actor may see that a request is there: `show` of `requestPolicy`; undefined when they may see all. */
export function isShownTo(ctx: Ctx, alias: string) {
  if (readsAll(ctx.actor)) return undefined;
  const r = sql.raw(alias);
  if (ctx.actor.kind !== 'person') return sql<SqlBool>`${r}.is_public`;
  return sql<SqlBool>`(${r}.is_public or ${isReader(ctx, alias)} or exists (select 1 from request_followers f
    where f.community_id = ${r}.community_id and f.request_id = ${r}.id and f.ended_at is null and f.person_id = ${principalOf(ctx.actor)}))`;
}

/** The words of a request in a list: all of them to a reader, else those that are public. */
export const wordsFor = (ctx: Ctx, alias: string) =>
  readsAll(ctx.actor)
    ? sql<string>`${sql.raw(alias)}.text`
    : sql<string>`case when ${isReader(ctx, alias)} then ${sql.raw(alias)}.text else coalesce(${sql.raw(alias)}.public_text, '') end`;
