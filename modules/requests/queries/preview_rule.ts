import { isWorkingTime } from '#engines/answer_clock/index.ts';
import { query } from '#platform/query.ts';
import { calendarOf } from '../calendar.store.ts';
import { demandAdministrator } from '../commands/write_category.ts';
import { ruleInput } from '../commands/write_rule.ts';
import { listRules, recentFacts } from '../routing.store.ts';
import { chooseRule, type RoutingRule } from '../routing.ts';

const SINCE_DAYS = 90;
const LIMIT = 5_000;
const EXAMPLES = 20;

/** What a rule would have done to the requests of the last ninety days, before it is saved. */
export const preview_rule = query({
  name: 'requests.preview_rule',
  reads: 'nobody',
  input: ruleInput,
  async run(ctx, input) {
    demandAdministrator(ctx);
    const calendar = await calendarOf(ctx);
    const rules = await listRules(ctx);
    const wanted: RoutingRule = { ...input, id: 'preview', number: input.number ?? 0 };
    const after = [...rules.filter((rule) => rule.number !== input.number), wanted];
    const recent = await recentFacts(ctx, new Date(ctx.now.getTime() - SINCE_DAYS * 86_400_000), LIMIT);
    const changed: { id: string; number: number; from_rule: number | null; to_rule: number | null }[] = [];
    let held = 0;
    for (const request of recent) {
      const facts = { ...request, is_outside_working_hours: !isWorkingTime(calendar, request.submitted_at) };
      const [old, next] = [chooseRule(rules, facts), chooseRule(after, facts)];
      if (next === wanted) held++;
      const isSame =
        old?.number === next?.number && old?.owner_kind === next?.owner_kind && old?.owner_id === next?.owner_id;
      if (!isSame)
        changed.push({
          id: request.id,
          number: request.number,
          from_rule: old?.number ?? null,
          to_rule: next?.number ?? null,
        });
    }
    return { looked_at: recent.length, held, changed: changed.length, examples: changed.slice(0, EXAMPLES) };
  },
});
