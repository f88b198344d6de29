import { z } from 'zod';
import { findAccount } from '#modules/funds/index.ts';
import { newBoxSalt, sealOfBoxSalt } from '#platform/ballot_box.ts';
import { command } from '#platform/command.ts';
import { sha256 } from '#platform/crypto.ts';
import { record } from '#platform/event.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import { demandProject } from '../find.ts';
import { changeRound, insertRound, lockRound, onBallot } from '../venture_round.store.ts';
import { frozenText, phaseOf, round_names, venture_rules } from '../venture_round.ts';

/** Plans a venture round, or changes its rules while they are not frozen. */
export const write_venture_round = command({
  name: 'projects.write_venture_round',
  input: z.object({
    id: z.uuid().optional(),
    expected_version: z.number().int().positive().optional(),
    names: round_names,
    rules: venture_rules,
  }),
  async run(ctx, { id: known, expected_version, names, rules }) {
    await demandProject(ctx, 'write_round', { kind: 'venture_round', id: known ?? ctx.community.id });
    const { fund_account_id } = rules;
    if (fund_account_id && (await findAccount(ctx, fund_account_id))?.kind !== 'fund')
      refuse('fund_unknown', {}, { field: 'fund_account_id' });
    if (!known) {
      const id = ctx.newId<'venture_round'>();
      const number = await insertRound(ctx, { id, names, rules });
      record(ctx, 'venture_round.planned', { kind: 'venture_round', id }, { number });
      return { id, number };
    }
    const round = (await lockRound(ctx, known, 'update')) ?? notFound('venture_round', known);
    if (round.frozen_at || round.is_imported) refuse('rules_frozen');
    await changeRound(ctx, known, { names, rules }, expected_version ?? round.version);
    record(ctx, 'venture_rules.changed', { kind: 'venture_round', id: known }, { number: round.number });
    return { id: known, number: round.number };
  },
});

/** Freezes rules and ballot before voting opens: from now on neither changes, and their hash stands in the log. */
export const freeze_venture_rules = command({
  name: 'projects.freeze_venture_rules',
  input: z.object({ id: z.uuid(), expected_version: z.number().int().positive().optional() }),
  async run(ctx, { id, expected_version }) {
    await demandProject(ctx, 'write_round', { kind: 'venture_round', id });
    const round = (await lockRound(ctx, id, 'update')) ?? notFound('venture_round', id);
    if (round.frozen_at) refuse('rules_frozen');
    if (phaseOf(round, ctx.now) !== 'vetting') refuse('still_proposing');
    if (ctx.now.getTime() >= Date.parse(round.rules.calendar.voting_from)) refuse('voting_begun');
    const projects = await onBallot(ctx, id);
    if (projects.length === 0) refuse('ballot_without_projects');
    const frozen_text = frozenText(round, projects);
    const frozen_sha256 = sha256(frozen_text).toString('hex');
    const box_salt = newBoxSalt();
    const frozen = { frozen_at: ctx.now, frozen_text, frozen_sha256, box_salt };
    await changeRound(ctx, id, frozen, expected_version ?? round.version);
    const told = { sha256: frozen_sha256, projects: projects.length, box_seal: sealOfBoxSalt(box_salt) };
    record(ctx, 'venture_rules.frozen', { kind: 'venture_round', id }, told);
    return { id, number: round.number, sha256: frozen_sha256 };
  },
});
