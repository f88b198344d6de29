import {
  ANSWERED,
  ENDED,
  list_categories,
  list_requests,
  OPEN,
  show_request,
  submit_request,
} from '#modules/requests/index.ts';
import { type Actor, visitor } from '#platform/actor.ts';
import { actorOfToken } from '#platform/api_tokens.ts';
import { perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { ask } from '#platform/query.ts';
import { sentencesOf } from '../sentences.ts';
import { Open311Error } from './errors.ts';
import { attributesOf, instantOf, type Parameters, pageOf, pointOf, spanOf } from './parameters.ts';
import { definitionOf, localTime, requestOf, type Surroundings, serviceOf } from './view.ts';
import type { Value } from './xml.ts';

export type Call = {
  environment: Environment;
  community: Community;
  texts: Parameters;
  id: string;
  around: Surroundings;
};
export type Answer = (call: Call) => Promise<Value>;

const CHANGESET = '2026-11-01T00:00:00+08:00';
const METRES_PER_DEGREE = 111_320;
const SPECIFICATION = 'http://wiki.open311.org/GeoReport_v2';

export const answers: { method: 'GET' | 'POST'; path: string; root: string; run: Answer }[] = [
  { method: 'GET', path: '/discovery', root: 'discovery', run: discovery },
  { method: 'GET', path: '/services', root: 'services', run: services },
  { method: 'GET', path: '/services/:id', root: 'service_definition', run: definition },
  { method: 'GET', path: '/requests', root: 'service_requests', run: list },
  { method: 'POST', path: '/requests', root: 'service_requests', run: submit },
  { method: 'GET', path: '/requests/:id', root: 'service_requests', run: show },
  { method: 'GET', path: '/tokens/:id', root: 'service_requests', run: token },
  { method: 'GET', path: '/servicerequestupdates', root: 'service_request_updates', run: updates },
];

async function discovery({ environment, community }: Call): Promise<Value> {
  const endpoint = (type: string) => ({
    specification: SPECIFICATION,
    url: `${environment.base_url}/open311/v2`,
    changeset: CHANGESET,
    type,
    formats: ['text/xml', 'application/json'],
  });
  return {
    changeset: CHANGESET,
    contact: `${community.names['zh-CN']} ${environment.base_url}`,
    key_service: `${environment.base_url}/developers`,
    endpoints: [endpoint('production'), endpoint('test')],
  };
}

async function services(call: Call): Promise<Value> {
  return (await categoriesOf(call)).map((category) => serviceOf(category, call.around));
}

async function definition(call: Call): Promise<Value> {
  const category = (await categoriesOf(call)).find((one) => one.code === call.id);
  if (!category) throw new Open311Error(404, 'service_code was not found');
  return definitionOf(category, call.around);
}

function categoriesOf({ environment, community }: Call) {
  return ask(environment, { actor: visitor, community, via: 'open311' }, list_categories, {});
}

async function list(call: Call): Promise<Value> {
  const { environment, community, texts, around } = call;
  const byId = texts.service_request_id?.split(',').map((id) => id.trim());
  if (byId && (byId.length > 200 || byId.some((id) => !/^\d{1,15}$/.test(id))))
    throw new Open311Error(400, 'service_request_id must be up to 200 numbers with commas between');
  const { from, to } = spanOf(texts, environment.clock());
  const point = pointOf(texts);
  const filters = byId
    ? { numbers: byId.map(Number) }
    : { submitted_from: from, submitted_to: new Date(to.getTime() + 1) };
  const codes = texts.service_code?.split(',').map((code) => code.trim());
  const { requests } = await ask(environment, { actor: visitor, community, via: 'open311' }, list_requests, {
    ...filters,
    states: statesOf(texts.status),
    category_ids: codes && (await idsOf(call, codes)),
    words: texts.q?.slice(0, 100),
    changed_after: texts.updated_after ? instantOf(texts.updated_after, 'updated_after') : undefined,
    updated_to: texts.updated_before ? instantOf(texts.updated_before, 'updated_before') : undefined,
    within: point && boxAround(point, texts.radius),
    ...pageOf(texts),
  });
  return requests.map((request) => requestOf(request, around));
}

/** Unknown codes hold nothing, as in other servers; a code that is all unknown gives an empty list. */
async function idsOf(call: Call, codes: string[]): Promise<string[]> {
  const ids = (await categoriesOf(call))
    .filter((category) => codes.includes(category.code))
    .map((category) => category.id);
  return ids.length > 0 ? ids : ['00000000-0000-0000-0000-000000000000'];
}

function statesOf(status: string | undefined) {
  if (!status) return undefined;
  const wanted = status.split(',').map((one) => one.trim());
  if (wanted.some((one) => one !== 'open' && one !== 'closed'))
    throw new Open311Error(400, 'status must be open or closed');
  return [...(wanted.includes('open') ? OPEN : []), ...(wanted.includes('closed') ? [...ANSWERED, ...ENDED] : [])];
}

function boxAround(point: { latitude: number; longitude: number }, radius: string | undefined) {
  const metres = radius === undefined ? 100 : Number(radius);
  if (!(metres > 0 && metres <= 50_000)) throw new Open311Error(400, 'radius must be metres up to 50000');
  const degrees = metres / METRES_PER_DEGREE;
  const stretch = Math.max(0.01, Math.cos((point.latitude * Math.PI) / 180));
  return {
    south: point.latitude - degrees,
    north: point.latitude + degrees,
    west: point.longitude - degrees / stretch,
    east: point.longitude + degrees / stretch,
  };
}

async function show(call: Call): Promise<Value> {
  const { environment, community, around, id } = call;
  if (!/^\d{1,15}$/.test(id)) throw new Open311Error(404, 'service_request_id was not found');
  const { requests } = await ask(environment, { actor: visitor, community, via: 'open311' }, list_requests, {
    numbers: [Number(id)],
  });
  if (!requests[0]) throw new Open311Error(404, 'service_request_id was not found');
  const thread = await ask(environment, { actor: visitor, community, via: 'open311' }, show_request, {
    number: Number(id),
  });
  const last = thread.thread.findLast((step) => step.public_note);
  return [{ ...requestOf(requests[0], around), ...(last && { status_notes: last.public_note }) }];
}

async function submit(call: Call): Promise<Value> {
  const { environment, community, texts } = call;
  const actor = await writer(call);
  if (!texts.service_code) throw new Open311Error(400, 'service_code was not provided');
  if (!(await categoriesOf(call)).some((category) => category.code === texts.service_code))
    throw new Open311Error(404, 'service_code was not found');
  if (!texts.description) throw new Open311Error(400, 'description was not provided');
  const point = pointOf(texts);
  if (!point && !texts.address_string && !texts.address_id)
    throw new Open311Error(400, 'lat and long, address_string or address_id is needed');
  const name = [texts.first_name, texts.last_name].filter(Boolean).join(' ');
  const contact = [name, texts.phone, texts.email].filter(Boolean).join(', ');
  try {
    const { number } = await perform(environment, { actor, community, via: 'open311' }, submit_request, {
      intake: 'open311',
      category: { code: texts.service_code },
      // Addresses of pictures elsewhere are kept as words: this server asks no other host for anything.
      text: texts.media_url ? `${texts.description}\n${texts.media_url}` : texts.description,
      wants_public: true,
      place: { ...point, address_text: texts.address_string ?? texts.address_id },
      details: attributesOf(texts),
      contact: contact.slice(0, 200) || undefined,
    });
    return [{ service_request_id: String(number), service_notice: null, account_id: null }];
  } catch (error) {
    throw refusedAs400(error, call);
  }
}

/** With `open311_write: open` anybody may tell a need; otherwise an api_key with the scope requests:write is asked for. */
async function writer({ environment, community, texts }: Call): Promise<Actor> {
  if (texts.api_key) {
    const actor = await actorOfToken(environment, community, texts.api_key);
    if (!actor?.scopes?.includes('requests:write')) throw new Open311Error(403, 'api_key is not valid');
    // A client's key says which system it is, not which resident: what comes through it is told by a visitor.
    return visitor;
  }
  if (community.settings.open311_write !== 'open') throw new Open311Error(403, 'api_key was not provided');
  return visitor;
}

function refusedAs400(error: unknown, { around }: Call): unknown {
  if (!(error instanceof Error) || error.name !== 'Refusal') return error;
  return new Open311Error(400, ...sentencesOf(error, around.locale));
}

/** Requests get their number at once here, so a token is the number itself. */
async function token(call: Call): Promise<Value> {
  await show(call);
  return [{ service_request_id: call.id, token: call.id }];
}

async function updates(call: Call): Promise<Value> {
  const { environment, community, texts, around } = call;
  const { from, to } = spanOf(texts, environment.clock());
  const { requests } = await ask(environment, { actor: visitor, community, via: 'open311' }, list_requests, {
    changed_after: from,
    ...pageOf(texts),
  });
  const all: Value[] = [];
  for (const request of requests) {
    const { thread } = await ask(environment, { actor: visitor, community, via: 'open311' }, show_request, {
      number: request.number,
    });
    for (const step of thread) {
      if (step.step === 'submit' || step.at < from || step.at > to) continue;
      all.push({
        update_id: step.id,
        service_request_id: String(request.number),
        status: (OPEN as readonly string[]).includes(step.to_state) ? 'open' : 'closed',
        updated_datetime: localTime(step.at, around.time_zone),
        description: step.public_note ?? step.to_state,
        media_url: null,
      });
    }
  }
  return all;
}
