import { z } from 'zod';
import { new_proposal, submit_proposal } from '#modules/projects/index.ts';
import { command } from '#platform/command.ts';
import { link, record } from '#platform/event.ts';
import { demand } from '#platform/policy.ts';
import { notFound } from '#platform/refusal.ts';
import { councilPolicy } from '../council.policy.ts';
import { standingIn } from '../find.ts';
import { resolutionLinks, resolutionsBy } from '../resolution.store.ts';

/** What was resolved is put forward as a project of a venture round, in the council's name and with the needs it grew from. */
export const propose_project = command({
  name: 'council.propose_project',
  input: new_proposal
    .omit({ organisation_id: true, body: true, request_ids: true })
    .extend({ resolution_id: z.uuid() }),
  async run(ctx, { resolution_id, ...words }) {
    const [resolution] = await resolutionsBy(ctx, { id: resolution_id, limit: 1 });
    if (!resolution) notFound('resolution', resolution_id);
    const { organisation_id, motion_id, texts } = resolution;
    const { relations } = await standingIn(ctx, organisation_id);
    demand(councilPolicy, 'resolve', relations, { kind: 'resolution', id: resolution_id });
    const links = await resolutionLinks(ctx, { resolution_id, motion_id });
    const request_ids = links.filter((one) => one.is_from && one.kind === 'request').map((one) => one.id);
    const body = `${texts['zh-CN']}\n\n${texts.en}`;
    const proposal = await submit_proposal.run(
      ctx,
      submit_proposal.input.parse({ ...words, body, organisation_id, request_ids }),
    );
    await link(ctx, { kind: 'resolution', id: resolution_id }, 'became_proposal', {
      kind: 'proposal',
      id: proposal.id,
    });
    record(ctx, 'resolution.became_proposal', { kind: 'resolution', id: resolution_id }, { proposal_id: proposal.id });
    return { ...proposal, resolution_id };
  },
});
