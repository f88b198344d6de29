import { z } from 'zod';
import { PabulibError, readPabulib, textOf } from '#engines/equal_shares/index.ts';
import { command } from '#platform/command.ts';
import type { Ctx } from '#platform/context.ts';
import { sha256 } from '#platform/crypto.ts';
import { record } from '#platform/event.ts';
import { refuse } from '#platform/refusal.ts';
import { publishBallots } from '../ballot.store.ts';
import { countFile } from '../count_round.ts';
import { demandProject } from '../find.ts';
import { sealsOfCount } from '../project_history.ts';
import { insertProposal } from '../proposal.store.ts';
import { insertResult } from '../result.store.ts';
import { changeRound, insertRound } from '../venture_round.store.ts';
import { round_names, type VentureRules } from '../venture_round.ts';

const MOST_CHARACTERS = 60_000_000;
const ALLOCATION = { rule: 'equal-shares', utility: 'cost', completion: 'add1u', increment_fen: 100 } as const;

/** Brings a vote of another place in from its Pabulib file, as a closed round that is marked as imported: all or nothing. */
export const import_ballots = command({
  name: 'projects.import_ballots',
  input: z.object({ text: z.string().min(1).max(MOST_CHARACTERS), names: round_names.optional() }),
  async run(ctx, { text, names }) {
    const id = ctx.newId<'venture_round'>();
    await demandProject(ctx, 'import', { kind: 'venture_round', id });
    const { file, election } = readOrRefuse(text);
    const about = Object.fromEntries(file.meta);
    const name = (about.description || about.unit || 'Pabulib').slice(0, 80);
    const number = await insertRound(ctx, {
      id,
      names: names ?? { 'zh-CN': name, en: name },
      rules: rulesOf(ctx, textOf(election.budget), about),
      is_imported: true,
    });
    const nameAt = file.project_columns.indexOf('name');
    for (const [i, project] of election.projects.entries()) {
      const fen = fenOf(textOf(project.cost));
      const title = (nameAt < 0 ? '' : file.projects[i]![nameAt]!).slice(0, 200) || project.id;
      const words = { title, summary: '', body: '', category: 'other', proposer_id: null, organisation_id: null };
      const row = {
        id: ctx.newId(),
        round_id: id,
        pabulib_id: project.id,
        asked_fen: fen,
        reviewed_fen: fen,
        state: 'admitted' as const,
      };
      await insertProposal(ctx, { ...row, ...words });
    }
    const counted = countFile(text, ALLOCATION, (voter) => sha256(`${id}\n${voter}`).toString('hex'));
    const file_sha256 = sha256(text).toString('hex');
    await publishBallots(ctx, id, counted.ballots);
    await insertResult(ctx, id, text, file_sha256, counted.outcome);
    await changeRound(ctx, id, { closed_at: ctx.now }, 1);
    record(
      ctx,
      'venture_ballots.imported',
      { kind: 'venture_round', id },
      { file_sha256, ballots: counted.ballots.length, ...sealsOfCount(counted) },
    );
    return { read: counted.ballots.length, accepted: counted.ballots.length, number };
  },
});

function readOrRefuse(text: string) {
  try {
    return readPabulib(text);
  } catch (error) {
    if (!(error instanceof PabulibError)) throw error;
    return refuse('ballots_unreadable', { reason: error.message }, { line: error.line, column: error.column });
  }
}

function fenOf(yuan: string): number {
  const fen = Math.round(Number(yuan) * 100);
  return Number.isSafeInteger(fen) ? fen : refuse('ballots_unreadable', { reason: yuan });
}

/** A day as Pabulib writes it, 31.12.2026, or a year alone, which then begins or ends it; nothing when it is neither. */
function dayOf(text = '', ofYear: string): Date | undefined {
  const whole = /^\d{4}$/.test(text) ? `${ofYear}.${text}` : text;
  const [, day, month, year] = /^(\d{2})\.(\d{2})\.(\d{4})$/.exec(whole) ?? [];
  const at = Date.parse(`${year}-${month}-${day}T00:00:00Z`);
  return Number.isNaN(at) ? undefined : new Date(at);
}

/** What is known of the rules of a vote that was held elsewhere; its own file says the rest. */
function rulesOf(ctx: Ctx, budget: string, about: Record<string, string>): VentureRules {
  const begin = dayOf(about.date_begin, '01.01') ?? ctx.now;
  const end = dayOf(about.date_end, '31.12') ?? begin;
  const other = { 'zh-CN': '其他', en: 'Other' };
  return {
    ...{
      who_may_propose: 'both',
      who_may_vote: 'verified_residents',
      budget_fen: fenOf(budget),
      fund_account_id: null,
    },
    ...{ categories: [{ code: 'other', names: other }], criteria: [], allocation: ALLOCATION },
    ballot: { most_choices: 100, within_budget: false },
    calendar: {
      ...{ proposing_from: begin.toISOString(), proposing_until: begin.toISOString() },
      ...{ voting_from: begin.toISOString(), voting_until: end.toISOString() },
    },
  };
}
