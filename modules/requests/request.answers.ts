import { z } from 'zod';
import { FACTS } from './measures.ts';
import { type RequestAction, requestPolicy } from './request.policy.ts';
import { STATES } from './request.ts';

/**
 * What queries and commands of requests answer, as it stands in JSON: what /api/v1 promises and is checked against. A
 * field may be added; one that is here is neither dropped nor given another meaning.
 */
const id = z.uuid();
const at = z.iso.datetime({ precision: 3 });
const state = z.enum(STATES);
const version = z.int().min(1);
const number = z.int().min(1);
const names = z.record(z.string(), z.string()).describe('one a language, by its tag: zh-CN, en');
const named = z.object({ id, names });
const categoryNamed = named.extend({ code: z.string() });
const kind = z.enum(['need', 'idea']);
const rate = z.number().min(0).nullable().describe('null where there is nothing to divide by');

const field = z.object({
  code: z.string(),
  kind: z.enum(['text', 'choice', 'number', 'date']),
  labels: names,
  required: z.boolean(),
  choices: z.array(z.object({ code: z.string(), labels: names })).optional(),
});

export const categories = z.array(
  categoryNamed.extend({
    descriptions: names,
    form: z.array(field),
    response_hours: z.number(),
    target_days: z.number(),
    is_private: z.boolean(),
    needs_place: z.boolean(),
    position: z.int(),
    version,
  }),
);

const place = {
  address_text: z.string().nullable(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
};

const card = z.object({
  id,
  number,
  kind,
  state,
  category: categoryNamed,
  text: z.string(),
  ...place,
  grid: named.nullable(),
  owner: z.object({ id, public_name: z.string().nullable(), organisation: names.nullable() }).nullable(),
  is_public: z.boolean(),
  submitted_at: at,
  due_at: at.nullable(),
  answered_at: at.nullable(),
  changed_at: at,
  is_overdue: z.boolean(),
  reopened_count: z.int(),
  photo_hash: z.string().nullable(),
  version,
});

export const requestsPage = z.object({
  requests: z.array(card),
  next: z.string().nullable().describe('given back as `after`; null on the last page'),
  total: z.int().nullable().describe('with `count`: exact up to ten thousand'),
});

const routedBy = z.object({
  rule_number: z.int().nullable(),
  reason: z.string().nullable(),
  matched: z.array(z.enum(['category', 'grid', 'building', 'time'])),
  owner_kind: z.enum(['grid_worker', 'person', 'organisation', 'desk', 'heard_by', 'resolution']),
});

const step = z.object({
  id,
  step: z.string(),
  from_state: state.nullable(),
  to_state: state,
  at,
  actor_id: id,
  on_behalf_of_id: id.nullable(),
  owner_id: id.nullable(),
  due_at: at.nullable(),
  public_note: z.string().nullable(),
  private_note: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  actor_name: z.string().nullable(),
  owner_name: z.string().nullable(),
});

const helper = z.object({
  id,
  person_id: id.nullable(),
  organisation_id: id.nullable(),
  asked_for: z.string(),
  asked_at: at,
  answered_at: at.nullable(),
  answer: z.string().nullable(),
});

const privatePart = z.object({
  public_text: z.string().nullable(),
  details: z.record(z.string(), z.string()),
  reporter_id: id.nullable(),
  reporter_contact_masked: z.string().nullable(),
  recorded_by_id: id,
  escalation: z.int(),
  pauses: z.array(z.object({ from: at, to: at.optional() })),
  wants_public: z.boolean(),
  categorised_by: z
    .object({
      version: z.int(),
      probability: z.number(),
      words: z.array(z.string()),
      is_automatic: z.boolean(),
      is_corrected: z.boolean().optional(),
    })
    .nullable(),
  helpers: z.array(helper),
});

export const requestShown = z.object({
  id,
  number,
  kind,
  intake: z.string(),
  state,
  is_public: z.boolean(),
  ...place,
  version,
  owner_id: id.nullable(),
  routed_by: routedBy,
  due_at: at.nullable(),
  response_due_at: at,
  original_due_at: at,
  submitted_at: at,
  responded_at: at.nullable(),
  answered_at: at.nullable(),
  closed_at: at.nullable(),
  paused_at: at.nullable(),
  reopened_count: z.int(),
  stars: z.int().min(1).max(5).nullable(),
  changed_at: at,
  is_overdue: z.boolean(),
  category: categoryNamed.extend({ form: z.array(field) }),
  grid: named.nullable(),
  building: named.nullable(),
  owner_name: z.string().nullable(),
  organisation: named.nullable(),
  joined_into: number.nullable(),
  split_from: number.nullable(),
  joined: z.array(z.object({ id, number })),
  parts: z.array(z.object({ id, number, state })),
  follower_count: z.int(),
  text: z.string(),
  thread: z.array(step),
  photos: z.array(
    z.object({
      file_hash: z.string(),
      moment: z.enum(['before', 'after']),
      is_public: z.boolean(),
      hidden: z.boolean(),
    }),
  ),
  follows: z.boolean(),
  is_reporter: z.boolean(),
  actions: z
    .array(z.enum(Object.keys(requestPolicy) as RequestAction[]))
    .describe('the steps that the asker may take from here'),
  private: privatePart.nullable().describe('null for whoever may not read it'),
});

const count = z.int().min(0);
type CountName = 'total' | 'open' | 'open_overdue' | 'response_overdue' | (typeof FACTS)[number];
const counts = Object.fromEntries(
  ['total', 'open', 'open_overdue', 'response_overdue', ...FACTS].map((name) => [name, count]),
) as Record<CountName, typeof count>;

const group = z.object({
  ...counts,
  dimension: z.enum(['grid', 'category', 'owner', 'month', 'all']),
  key: z.string().nullable(),
  names: names.nullable(),
  median_hours: z.number().nullable(),
  p90_hours: z.number().nullable(),
  rates: z.object({ on_time: rate, response: rate, resolution: rate, satisfaction: rate, reopening: rate }),
});

export const measures = z.object({
  from: at,
  to: at,
  all: group,
  by_grid: z.array(group),
  by_category: z.array(group),
  by_month: z.array(group),
  by_owner: z.array(group).describe('for staff alone'),
});

export const submitted = z.object({ id, number, owner_id: id, due_at: at, response_due_at: at });
export const stepTaken = z.object({ id, state, version });
export const stepTakenUntil = stepTaken.extend({ due_at: at });
export const handedOn = stepTaken.extend({ owner_id: id, owner_organisation_id: id.nullable() });
export const recategorised = stepTakenUntil.extend({ owner_id: id.nullable() });
export const helpCalledIn = stepTaken.extend({ help_id: id });
export const joined = z.object({ id, number, joined: z.int().min(1) });
export const split = z.object({ id, parts: z.array(z.object({ id, number, owner_id: id })) });
export const following = z.object({ id, follows: z.boolean() });
