import { z } from 'zod';
import { isStaff, principalOf } from '#platform/actor.ts';
import type { Ctx } from '#platform/context.ts';
import { allows, demand } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { isFollowCode } from '../follow_code.ts';
import { helpersOf } from '../helper.store.ts';
import { photosOf } from '../photo.store.ts';
import { requestPolicy, requestRelations } from '../request.policy.ts';
import { findRequest, type RequestRow } from '../request.store.ts';
import { AMONG_STAFF, isOverdue, possibleActions, visibleText } from '../request.view.ts';
import { type StepRow, stepsOf, surroundingsOf, traceRead } from '../show.store.ts';

/** One request with its thread, as much of it as this reader may see. Staff who read a private one leave a trace. */
export const show_request = query({
  name: 'requests.show_request',
  reads: 'others',
  leaves_trace: true,
  input: z.object({
    id: z.uuid().optional(),
    number: z.coerce.number().int().positive().optional(),
    follow_code: z.string().max(20).optional(),
  }),
  async run(ctx, input) {
    const asked = input.id ?? String(input.number);
    const request = await findRequest(ctx, input.id ? { id: input.id } : { number: input.number ?? 0 });
    if (!request) notFound('request', asked);
    const holdsCode = isFollowCode(ctx.keys, request.id, input.follow_code);
    const relations = requestRelations(ctx.actor, request, holdsCode);
    demand(requestPolicy, 'show', relations, { kind: 'request', id: asked });
    const isPrivate = allows(requestPolicy, 'show_private', relations);
    if (isPrivate && !request.is_public && isStaff(ctx.actor)) await traceForReporter(ctx, request);
    const [around, steps, photos] = [
      await surroundingsOf(ctx, request.id),
      await stepsOf(ctx, request.id),
      await photosOf(ctx, request.id),
    ];
    return {
      ...publicPart(ctx, request),
      ...around,
      text: visibleText(request, isPrivate),
      thread: steps
        .filter((step) => isShown(step, isPrivate, isStaff(ctx.actor)))
        .map((step) => shownStep(step, isPrivate)),
      photos: photos.filter((photo) => !photo.hidden && (isPrivate || photo.is_public)),
      follows: request.follower_ids.includes(principalOf(ctx.actor)),
      is_reporter: relations.has('reporter') || relations.has('proxy') || holdsCode,
      actions: possibleActions(ctx.actor, request, holdsCode),
      private: isPrivate ? { ...privatePart(request), helpers: await helpersOf(ctx, request.id) } : null,
    };
  },
});

const PUBLIC = [
  ...(['id', 'number', 'kind', 'intake', 'state', 'is_public', 'address_text', 'latitude', 'longitude'] as const),
  ...(['version', 'owner_id', 'routed_by', 'due_at', 'response_due_at', 'original_due_at', 'submitted_at'] as const),
  ...(['responded_at', 'answered_at', 'closed_at', 'paused_at', 'reopened_count', 'stars', 'changed_at'] as const),
] as const;

function publicPart(ctx: Ctx, request: RequestRow) {
  return { ...pick(request, PUBLIC), is_overdue: isOverdue(request, ctx.now) };
}

const PRIVATE = [
  'public_text',
  'details',
  'reporter_id',
  'reporter_contact_masked',
  'recorded_by_id',
  'escalation',
  'pauses',
  'wants_public',
  'categorised_by',
] as const;

function privatePart(request: RequestRow) {
  return pick(request, PRIVATE);
}

function pick<Whole, Name extends keyof Whole>(whole: Whole, names: readonly Name[]): Pick<Whole, Name> {
  return Object.fromEntries(names.map((name) => [name, whole[name]])) as Pick<Whole, Name>;
}

function isShown(step: StepRow, isPrivate: boolean, byStaff: boolean): boolean {
  return byStaff || !AMONG_STAFF.includes(step.step) || (isPrivate && step.step === 'call_in_help');
}

function shownStep(step: StepRow, isPrivate: boolean) {
  const { private_note, ...rest } = step;
  return { ...rest, private_note: isPrivate ? private_note : null };
}

async function traceForReporter(ctx: Ctx, request: RequestRow): Promise<void> {
  const isOwn = request.reporter_id === ctx.actor.id;
  if (request.reporter_id && !isOwn) await traceRead(ctx, request.reporter_id, `request ${request.number}`);
}
