import {
  ANSWERED,
  ENDED,
  list_categories,
  list_requests,
  list_updates,
  OPEN,
  show_request,
} from '#modules/requests/index.ts';
import { visitor } from '#platform/actor.ts';
import { ask } from '#platform/query.ts';
import type { Call } from './call.ts';
import { Open311Error } from './errors.ts';
import { instantOf, isRequestNumber, LARGEST_PAGE, numbersOf, pageOf, pointOf, spanOf } from './parameters.ts';
import { requestOf, updateOf } from './view.ts';
import type { Value } from './xml.ts';

const METRES_PER_DEGREE = 111_320;
const MOST_UPDATES = 1000;

const callerOf = ({ community }: Call) => ({ actor: visitor, community, via: 'open311' });

/** Requests by filters; numbers that are asked for override all else, as the specification has it. */
export async function list(call: Call): Promise<Value> {
  const numbers = numbersOf(call.texts);
  const wanted = numbers ? { numbers, limit: LARGEST_PAGE } : await filtersOf(call);
  const { requests } = await ask(call.environment, callerOf(call), list_requests, wanted);
  return requests.map((request) => requestOf(request, call.around));
}

async function filtersOf(call: Call) {
  const { texts, environment } = call;
  const { from, to } = spanOf(texts, environment.clock());
  const point = pointOf(texts);
  const codes = texts.service_code?.split(',').map((code) => code.trim());
  return {
    submitted_from: from,
    submitted_to: new Date(to.getTime() + 1),
    states: statesOf(texts.status),
    category_ids: codes && (await idsOf(call, codes)),
    words: texts.q?.slice(0, 100),
    changed_after: texts.updated_after ? instantOf(texts.updated_after, 'updated_after') : undefined,
    updated_to: texts.updated_before ? instantOf(texts.updated_before, 'updated_before') : undefined,
    within: point && boxAround(point, texts.radius),
    ...pageOf(texts),
  };
}

/** Unknown codes hold nothing, as in other servers; a code that is all unknown gives an empty list. */
async function idsOf(call: Call, codes: string[]): Promise<string[]> {
  const ids = (await ask(call.environment, callerOf(call), list_categories, {}))
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

/** One request, in a list of one; what was last said about it in public stands in `status_notes`. */
export async function show(call: Call): Promise<Value> {
  const { environment, around, id } = call;
  if (!isRequestNumber(id)) throw new Open311Error(404, 'service_request_id was not found');
  const { requests } = await ask(environment, callerOf(call), list_requests, { numbers: [Number(id)] });
  if (!requests[0]) throw new Open311Error(404, 'service_request_id was not found');
  const { thread } = await ask(environment, callerOf(call), show_request, { number: Number(id) });
  const last = thread.findLast((step) => step.public_note);
  return [{ ...requestOf(requests[0], around), ...(last && { status_notes: last.public_note }) }];
}

/** Requests get their number at once here, so a token is the number itself. */
export async function token(call: Call): Promise<Value> {
  await show(call);
  return [{ service_request_id: call.id, token: call.id }];
}

/** What happened to public requests in a span, oldest first. Clients of this extension do not page, so a page is large. */
export async function updates(call: Call): Promise<Value> {
  const { environment, texts, around } = call;
  const found = await ask(environment, callerOf(call), list_updates, {
    ...spanOf(texts, environment.clock()),
    numbers: numbersOf(texts),
    ...pageOf(texts, { size: MOST_UPDATES, largest: MOST_UPDATES }),
  });
  return found.map((update) => updateOf(update, around));
}
