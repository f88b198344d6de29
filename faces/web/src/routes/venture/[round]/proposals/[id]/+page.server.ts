import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, seeOrNotFound, text } from '#lib/server/act.ts';
import { needsOf } from '#lib/server/projects.ts';
import { fenFrom, roundOf } from '#lib/server/venture.ts';
import { resolution_of } from '#modules/council/index.ts';
import { topics_of } from '#modules/forum/index.ts';
import {
  find_project_of,
  list_proposals,
  merge_proposal,
  reply_to_vetting,
  show_proposal,
  sponsor_proposal,
  vet_proposal,
  withdraw_proposal,
} from '#modules/projects/index.ts';
import { isId } from '#platform/ids.ts';
import { refuse } from '#platform/refusal.ts';

export const load = async ({ locals, params }: RequestEvent) => {
  const { visit } = locals;
  const id = params.id!;
  if (!isId(id)) error(404, 'not_found');
  const proposal = await seeOrNotFound(visit, show_proposal, { id });
  if (String(proposal.round.number) !== params.round) error(404, 'not_found');
  return {
    proposal,
    needs: await needsOf(visit, proposal.request_ids),
    topics: await see(visit, topics_of, { kind: 'proposal', id }),
    project: await see(visit, find_project_of, { proposal_id: id }),
    resolution: await see(visit, resolution_of, { proposal_id: id }),
    title: proposal.title,
  };
};

const id = (event: RequestEvent) => event.params.id;

export const actions = {
  sponsor: (event: RequestEvent) =>
    formAction(event, (form, visit) =>
      act(visit, sponsor_proposal, { id: id(event), stands: form.get('stands') === 'yes' }),
    ),
  vet: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const { rules } = await roundOf(event);
      const criteria = rules.criteria.map((_, i) => form.has(`criterion_${i}`));
      const judged = {
        verdict: form.get('verdict'),
        reason: text(form, 'reason'),
        criteria,
        reviewed_fen: fenFrom(form, 'reviewed_fen'),
      };
      return act(visit, vet_proposal, {
        id: id(event),
        expected_version: Number(form.get('expected_version')) || undefined,
        ...judged,
      });
    }),
  reply: (event: RequestEvent) =>
    formAction(event, (form, visit) => act(visit, reply_to_vetting, { id: id(event), text: text(form, 'text') })),
  withdraw: (event: RequestEvent) =>
    formAction(event, (form, visit) =>
      act(visit, withdraw_proposal, { id: id(event), reason: text(form, 'withdraw_reason') }),
    ),
  merge: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const wanted = Number(text(form, 'into'));
      const { number } = await roundOf(event);
      const { proposals } = await see(visit, list_proposals, { number, limit: 2_000 });
      const into = proposals.find((one) => one.number === wanted) ?? refuse('merge_impossible', {}, { field: 'into' });
      return act(visit, merge_proposal, { id: id(event), into_id: into.id, reason: text(form, 'merge_reason') });
    }),
};
