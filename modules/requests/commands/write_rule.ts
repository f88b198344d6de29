import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { idFrom } from '#platform/ids.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { id } from '../request.input.ts';
import { beginRule, endRule, highestRuleNumber } from '../routing.store.ts';
import { demandAdministrator } from './write_category.ts';

/** The words of a rule: category × place × time -> owner. Empty conditions hold for all. */
export const ruleInput = z.object({
  number: z.number().int().positive().optional(),
  position: z.number().int().min(0).max(100_000),
  category_id: id.nullable().default(null),
  grid_id: id.nullable().default(null),
  building_id: id.nullable().default(null),
  outside_working_hours: z.boolean().nullable().default(null),
  owner_kind: z.enum(['person', 'grid_worker', 'organisation']),
  owner_id: id.nullable().default(null),
  reason: z.string().trim().min(1).max(300),
});

/** Adds a rule, or puts a new one in the place of the one with this number. What was routed before stays as it was. */
export const write_rule = command({
  name: 'requests.write_rule',
  input: ruleInput,
  async run(ctx, input) {
    demandAdministrator(ctx);
    if ((input.owner_kind === 'grid_worker') !== (input.owner_id === null))
      refuse('rule_owner', {}, { field: 'owner_id' });
    const number = input.number ?? (await highestRuleNumber(ctx)) + 1;
    if (input.number && !(await endRule(ctx, input.number))) notFound('rule', String(input.number));
    await beginRule(ctx, { ...input, id: ctx.newId(), number });
    record(ctx, 'rule.written', { kind: 'rule', id: idFrom(ctx.community.id, 'rule', String(number)) }, { number });
    return { number };
  },
});

export const end_rule = command({
  name: 'requests.end_rule',
  input: z.object({ number: z.number().int().positive() }),
  async run(ctx, { number }) {
    demandAdministrator(ctx);
    if (!(await endRule(ctx, number))) notFound('rule', String(number));
    record(ctx, 'rule.ended', { kind: 'rule', id: idFrom(ctx.community.id, 'rule', String(number)) }, { number });
    return { number };
  },
});
