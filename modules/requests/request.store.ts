import { sql, type Updateable } from 'kysely';
import type { Ctx } from '#platform/context.ts';
import type { Requests } from '#platform/db.generated.ts';
import { record } from '#platform/event.ts';
import { notFound, refuse } from '#platform/refusal.ts';
import type { CategorisedBy } from './choose_category.ts';
import { type Pause, type State, type Step, stateAfter } from './request.ts';
import type { RoutedBy } from './routing.ts';

/** A request as the rules see it. */
export type RequestRow = {
  id: string;
  number: number;
  kind: 'need' | 'idea';
  intake: string;
  category_id: string;
  categorised_by: CategorisedBy | null;
  state: State;
  text: string;
  public_text: string | null;
  is_public: boolean;
  wants_public: boolean;
  details: Record<string, string>;
  address_text: string | null;
  latitude: number | null;
  longitude: number | null;
  grid_id: string | null;
  building_id: string | null;
  household_id: string | null;
  reporter_id: string | null;
  reporter_contact_sealed: Buffer | null;
  reporter_contact_masked: string | null;
  recorded_by_id: string;
  owner_id: string | null;
  owner_organisation_id: string | null;
  routed_by: RoutedBy;
  response_due_at: Date;
  due_at: Date | null;
  original_due_at: Date;
  paused_at: Date | null;
  pauses: Pause[];
  submitted_at: Date;
  responded_at: Date | null;
  answered_at: Date | null;
  closed_at: Date | null;
  escalation: number;
  reopened_count: number;
  stars: number | null;
  joined_into_id: string | null;
  split_from_id: string | null;
  changed_at: Date;
  version: number;
  helper_person_ids: string[];
  helper_organisation_ids: string[];
  follower_ids: string[];
};

export type RequestChanges = Updateable<Requests>;

const ties = [
  sql<string[]>`array(select h.person_id::text from request_helpers h where h.community_id = requests.community_id
    and h.request_id = requests.id and h.ended_at is null and h.person_id is not null)`.as('helper_person_ids'),
  sql<string[]>`array(select h.organisation_id::text from request_helpers h where h.community_id = requests.community_id
    and h.request_id = requests.id and h.ended_at is null and h.organisation_id is not null)`.as(
    'helper_organisation_ids',
  ),
  sql<string[]>`array(select f.person_id::text from request_followers f where f.community_id = requests.community_id
    and f.request_id = requests.id and f.ended_at is null)`.as('follower_ids'),
] as const;

/** One request with those tied to it, or undefined. */
export async function findRequest(ctx: Ctx, key: { id: string } | { number: number }): Promise<RequestRow | undefined> {
  const select = ctx.tx.selectFrom('requests').selectAll().select(ties).where('community_id', '=', ctx.community.id);
  const row = 'id' in key ? select.where('id', '=', key.id) : select.where('number', '=', key.number);
  return (await row.executeTakeFirst()) as RequestRow | undefined;
}

/** One request, locked until the command ends: two people cannot take a step from the same state. */
export async function lockRequest(ctx: Ctx, id: string): Promise<RequestRow> {
  const row = await ctx.tx
    .selectFrom('requests')
    .selectAll()
    .select(ties)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return (row as RequestRow | undefined) ?? notFound('request', id);
}

export async function insertRequest(
  ctx: Ctx,
  values: Record<string, unknown> & { id: string; text: string },
  search: string,
) {
  const row = await ctx.tx
    .insertInto('requests')
    .values({
      ...values,
      community_id: ctx.community.id,
      search: sql`${search}::tsvector`,
      changed_at: ctx.now,
    } as never)
    .returning(['number'])
    .executeTakeFirstOrThrow();
  return row.number;
}

export type StepNote = { public_note?: string; private_note?: string; data?: Record<string, unknown> };

/**
 * Takes one step of the life of a request: checks the transition table, changes the row, appends to its history and
 * records the fact. The only way a request's state changes.
 */
export async function takeStep(
  ctx: Ctx,
  request: RequestRow,
  step: Step,
  changes: RequestChanges = {},
  note: StepNote = {},
): Promise<State> {
  const to_state = stateAfter(request.state, step);
  if (!to_state) refuse('step_impossible', { step, state: request.state }, { kind: 'request', id: request.id });
  const changed = { ...changes, state: to_state, changed_at: ctx.now, version: request.version + 1 };
  const { numUpdatedRows } = await ctx.tx
    .updateTable('requests')
    .set(changed)
    .where('community_id', '=', ctx.community.id)
    .where('id', '=', request.id)
    .where('version', '=', request.version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) refuse('stale', {}, { kind: 'request', id: request.id });
  await appendStep(ctx, request.id, step, request.state, to_state, {
    ...note,
    owner_id: (changed.owner_id as string | null | undefined) ?? request.owner_id,
    due_at: (changed.due_at as Date | null | undefined) ?? request.due_at,
  });
  Object.assign(request, changed);
  return to_state;
}

/** A step that changes the public words as well: what they are found by changes with them. */
export async function takeSearchableStep(
  ctx: Ctx,
  request: RequestRow,
  step: Step,
  changes: RequestChanges,
  search: string,
  note: StepNote,
): Promise<State> {
  return takeStep(
    ctx,
    request,
    step,
    { ...changes, search: sql`${search}::tsvector` } as unknown as RequestChanges,
    note,
  );
}

export async function appendStep(
  ctx: Ctx,
  requestId: string,
  step: string,
  from_state: State | null,
  to_state: State,
  note: StepNote & { owner_id: string | null; due_at: Date | null },
): Promise<void> {
  await ctx.tx
    .insertInto('request_steps')
    .values({
      community_id: ctx.community.id,
      id: ctx.newId(),
      request_id: requestId,
      step,
      from_state,
      to_state,
      at: ctx.now,
      actor_id: ctx.actor.id,
      on_behalf_of_id: ctx.actor.on_behalf_of_id ?? null,
      owner_id: note.owner_id,
      due_at: note.due_at,
      public_note: note.public_note ?? null,
      private_note: note.private_note ?? null,
      data: JSON.stringify(note.data ?? {}),
    })
    .execute();
  record(
    ctx,
    `request.${EVENT_OF[step] ?? step}`,
    { kind: 'request', id: requestId },
    { from: from_state, to: to_state, ...note.data },
  );
}

/** Events are past facts; steps are verbs. */
const EVENT_OF: Record<string, string> = {
  submit: 'submitted',
  accept: 'accepted',
  hand_on: 'handed_on',
  recategorise: 'recategorised',
  ask_reporter: 'reporter_asked',
  reply: 'replied',
  promise: 'promised',
  answer: 'answered',
  finish: 'finished',
  refuse: 'refused',
  confirm: 'confirmed',
  reopen: 'reopened',
  close_without_word: 'closed_without_word',
  join_into: 'joined',
  split_up: 'split',
  withdraw: 'withdrawn',
  call_in_help: 'help_called',
  help_answered: 'help_answered',
  redact: 'redacted',
  note: 'noted',
  escalate: 'escalated',
  recompute: 'recomputed',
};
