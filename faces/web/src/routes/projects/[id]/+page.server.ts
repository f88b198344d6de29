import type { RequestEvent } from '@sveltejs/kit';
import type { Visit } from '#faces/server/visit.ts';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { personCalled } from '#lib/server/people.ts';
import { evidenceFrom, photosFrom } from '#lib/server/photos.ts';
import { needsOf, projectOf } from '#lib/server/projects.ts';
import { fenFrom } from '#lib/server/venture.ts';
import { list_open_accounts } from '#modules/funds/index.ts';
import * as projects from '#modules/projects/index.ts';
import type { Command } from '#platform/command.ts';
import { refuse } from '#platform/refusal.ts';

export const load = async (event: RequestEvent) => {
  const { visit } = event.locals;
  const project = await projectOf(event);
  return {
    project,
    needs: await needsOf(visit, project.request_ids),
    purse: project.may.fund ? await see(visit, list_open_accounts, {}) : null,
    title: project.proposal.title,
  };
};

type Form = (form: FormData, visit: Visit, id: string) => Promise<object> | object;

/** A form that is one command: its input, and the id it was sent with. */
const sends =
  <I, A>(command: Command<I, A>, input: Form) =>
  (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => act(visit, command, await input(form, visit, event.params.id!), text(form, 'command_id')),
      () => event.url.pathname,
    );

/** Files are stored first, so that a refusal does not lose them. */
async function hashesOf(form: FormData, visit: Visit, filesFrom = photosFrom): Promise<string[]> {
  const file_hashes = await filesFrom(form, visit);
  form.set('photo_hash', file_hashes.join(' '));
  return file_hashes;
}

/** What is to be changed of a milestone: the one thing that was chosen. */
function changeFrom(form: FormData): object {
  switch (text(form, 'what')) {
    case 'due_on':
      return { due_on: text(form, 'new_due_on') ?? refuse('required', {}, { field: 'new_due_on' }) };
    case 'tranche':
      return { tranche_fen: fenFrom(form, 'new_tranche') ?? refuse('required', {}, { field: 'new_tranche' }) };
    case 'title':
      return { title: text(form, 'new_title') ?? refuse('required', {}, { field: 'new_title' }) };
    default:
      return { dropped: true };
  }
}

const milestone = (form: FormData) => ({ milestone_id: text(form, 'milestone_id') });

export const actions = {
  sign: sends(projects.sign_agreement, (form, _, id) => ({
    ...{ id, side: text(form, 'side'), agreement_version: Number(text(form, 'agreement_version')) },
  })),
  fund: sends(projects.fund_project, (form, _, id) => ({
    ...{ id, fund_account_id: text(form, 'fund_account_id'), bank_account_id: text(form, 'bank_account_id') },
    category: text(form, 'category'),
  })),
  return_rest: sends(projects.return_rest, (_form, _visit, id) => ({ id })),
  submit: sends(projects.submit_evidence, async (form, visit) => {
    const file_hashes = await hashesOf(form, visit, evidenceFrom);
    return { ...milestone(form), words: text(form, 'words') ?? '', file_hashes };
  }),
  decide: sends(projects.decide_milestone, (form) => ({
    ...{ ...milestone(form), verdict: text(form, 'verdict'), reason: text(form, 'reason') ?? '' },
  })),
  tranche: sends(projects.ask_tranche, async (form, visit) => ({
    ...{ ...milestone(form), file_hashes: await hashesOf(form, visit) },
  })),
  change: sends(projects.ask_change, (form) => ({
    ...{ ...milestone(form), change: changeFrom(form), reason: text(form, 'change_reason') ?? '' },
  })),
  decide_change: sends(projects.decide_change, (form) => ({
    ...{ id: text(form, 'change_id'), verdict: text(form, 'verdict'), reason: text(form, 'reason') ?? '' },
  })),
  risk: sends(projects.open_risk, (form, _, id) => ({
    ...{ id, risk: text(form, 'risk') ?? '', response: text(form, 'response') ?? '' },
  })),
  close_risk: sends(projects.close_risk, (form) => ({
    ...{ risk_id: text(form, 'risk_id'), reason: text(form, 'risk_reason') ?? '' },
  })),
  name: sends(projects.name_beneficiary, async (form, visit, id) => ({
    ...{
      id,
      person_id: await personCalled(visit, text(form, 'person'), locale(visit, 'projects.delivery.name_reason')),
    },
  })),
  report: sends(projects.report_project, (form, _, id) => ({ id, words: text(form, 'report') ?? '' })),
  decide_report: sends(projects.decide_report, (form, _, id) => ({
    ...{ id, verdict: text(form, 'verdict'), reason: text(form, 'report_reason') ?? '' },
  })),
  stop: sends(projects.stop_project, (form, _, id) => ({ id, reason: text(form, 'stop_reason') ?? '' })),
};
