import { z } from 'zod';
import { command } from '#platform/command.ts';
import { record } from '#platform/event.ts';
import { saveRules } from '../council_rules.store.ts';
import { council_rules } from '../council_rules.ts';
import { demandInCouncil } from '../find.ts';

/** Writes the rules of a council: who votes, quorum, majorities. A meeting that was opened keeps those it was opened by. */
export const write_council_rules = command({
  name: 'council.write_council_rules',
  input: z.object({
    organisation_id: z.uuid(),
    /** 0 while a council has written none. */
    expected_version: z.number().int().min(0),
    rules: council_rules,
  }),
  async run(ctx, { organisation_id, expected_version, rules }) {
    await demandInCouncil(ctx, organisation_id, 'write_rules');
    await saveRules(ctx, organisation_id, rules, expected_version);
    record(ctx, 'council.rules_written', { kind: 'organisation', id: organisation_id }, { rules });
    return { organisation_id };
  },
});
