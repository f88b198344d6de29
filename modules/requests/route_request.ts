import { isWorkingTime } from '#engines/answer_clock/index.ts';
import { gridWorkerOf } from '#modules/places/index.ts';
import type { Ctx } from '#platform/context.ts';
import { refuse } from '#platform/refusal.ts';
import { calendarOf } from './calendar.store.ts';
import { leastLoadedDeskOfficer, leastLoadedHandler, listRules } from './routing.store.ts';
import { chooseRule, explainRule, type RoutedBy, type RoutingRule } from './routing.ts';

export type Owner = { owner_id: string; owner_organisation_id: string | null; routed_by: RoutedBy };

/** Whoever heard it at a door keeps it. */
export function keptBy(owner_id: string): Owner {
  return {
    owner_id,
    owner_organisation_id: null,
    routed_by: { rule_number: null, reason: null, matched: [], owner_kind: 'heard_by' },
  };
}

/**
 * Finds the one accountable owner: by the first rule that holds, else the desk. A rule whose owner is gone (no handler,
 * no grid worker) says nothing, and the next one is asked; there is always somebody, or `nobody_answers` is refused.
 */
export async function routeRequest(
  ctx: Ctx,
  place: { category_id: string; grid_id: string | null; building_id: string | null },
): Promise<Owner> {
  const is_outside_working_hours = !isWorkingTime(await calendarOf(ctx), ctx.now);
  let rules = await listRules(ctx);
  for (;;) {
    const rule = chooseRule(rules, { ...place, is_outside_working_hours });
    if (!rule) break;
    const owner = await ownerBy(ctx, rule, place.grid_id);
    if (owner) return { ...owner, routed_by: explainRule(rule) };
    rules = rules.filter((other) => other !== rule);
  }
  return ownerAtDesk(ctx);
}

/** The desk answers for what no rule gives to anybody. */
export async function ownerAtDesk(ctx: Ctx): Promise<Owner> {
  const settled = ctx.community.settings.default_owner_id;
  const owner_id = typeof settled === 'string' ? settled : await leastLoadedDeskOfficer(ctx);
  if (!owner_id) refuse('nobody_answers');
  return { owner_id, owner_organisation_id: null, routed_by: explainRule(null) };
}

async function ownerBy(ctx: Ctx, rule: RoutingRule, gridId: string | null) {
  const organisationId = rule.owner_kind === 'organisation' ? rule.owner_id : null;
  let owner_id: string | null = null;
  if (rule.owner_kind === 'person') owner_id = rule.owner_id;
  else if (rule.owner_kind === 'grid_worker' && gridId) owner_id = await gridWorkerOf(ctx, gridId);
  else if (organisationId) owner_id = await leastLoadedHandler(ctx, organisationId);
  return owner_id ? { owner_id, owner_organisation_id: organisationId } : undefined;
}
