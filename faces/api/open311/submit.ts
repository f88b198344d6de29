import { type Category, list_categories, submit_request } from '#modules/requests/index.ts';
import { type Actor, visitor } from '#platform/actor.ts';
import { actorOfToken } from '#platform/api_tokens.ts';
import { type Command, perform } from '#platform/command.ts';
import { translate } from '#platform/i18n.ts';
import { ask } from '#platform/query.ts';
import { messagesOf, sentencesOf } from '../sentences.ts';
import type { Call } from './call.ts';
import { Open311Error } from './errors.ts';
import { attributesOf, type Parameters, pointOf } from './parameters.ts';
import { localTime } from './view.ts';
import type { Value } from './xml.ts';

/** Tells a need. Everything that is missing is named at once; at the test endpoint nothing is kept. */
export async function submit(call: Call): Promise<Value> {
  const { environment, community, texts, around } = call;
  const actor = await writer(call);
  const caller = { actor, community, via: 'open311' };
  const categories = await ask(environment, caller, list_categories, {});
  const category = categories.find((one) => one.code === texts.service_code);
  if (texts.service_code && !category) throw new Open311Error(404, 'service_code was not found');
  const point = pointOf(texts);
  const missing = missingOf(texts, point !== undefined);
  if (!category || missing.length > 0) throw new Open311Error(400, ...missing);
  const details = detailsOf(category, texts, call);
  try {
    const told = call.is_test ? rehearsed(submit_request) : submit_request;
    const { number } = await perform(environment, caller, told, {
      intake: 'open311',
      category: { code: category.code },
      // Addresses of pictures elsewhere are kept as words: this server asks no other host for anything.
      text: texts.media_url ? `${texts.description}\n${texts.media_url}` : texts.description,
      wants_public: true,
      place: { ...point, address_text: texts.address_string ?? texts.address_id },
      details,
      contact: contactOf(texts),
    });
    return [{ service_request_id: String(number), service_notice: null, account_id: null }];
  } catch (error) {
    if (error instanceof Rehearsed) {
      const service_notice = translate(messagesOf(around.locale), around.locale, 'api.rehearsed');
      return [{ service_request_id: String(error.answer.number), service_notice, account_id: null }];
    }
    throw refusedAs400(error, call);
  }
}

function missingOf(texts: Parameters, hasPoint: boolean): string[] {
  return [
    ...(texts.service_code ? [] : ['service_code was not provided']),
    ...(texts.description ? [] : ['description was not provided']),
    ...(hasPoint || texts.address_string || texts.address_id
      ? []
      : ['lat and long, address_string or address_id is needed']),
  ];
}

/** The answers to the category's form. A `datetime` of a client is a day on the neighbourhood's calendar here. */
function detailsOf(category: Category, texts: Parameters, { around }: Call): Record<string, string> {
  const details = attributesOf(texts);
  for (const field of category.form) {
    const answer = details[field.code];
    if (field.kind !== 'date' || !answer || !/^\d{4}-\d{2}-\d{2}T.+(Z|[+-]\d{2}:?\d{2})$/.test(answer)) continue;
    const at = new Date(answer);
    if (!Number.isNaN(at.getTime())) details[field.code] = localTime(at, around.time_zone).slice(0, 10);
  }
  return details;
}

function contactOf(texts: Parameters): string | undefined {
  const name = [texts.first_name, texts.last_name].filter(Boolean).join(' ');
  return [name, texts.phone, texts.email].filter(Boolean).join(', ').slice(0, 200) || undefined;
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

type Submitted = Awaited<ReturnType<typeof submit_request.run>>;

class Rehearsed extends Error {
  readonly answer: Submitted;
  constructor(answer: Submitted) {
    super('rehearsed');
    this.answer = answer;
  }
}

/** The same command up to its last moment: the throw takes back all it wrote, and no receipt, event or job is left. */
function rehearsed<Input>(told: Command<Input, Submitted>): Command<Input, Submitted> {
  return {
    ...told,
    async run(ctx, input) {
      throw new Rehearsed(await told.run(ctx, input));
    },
  };
}

function refusedAs400(error: unknown, { around }: Call): unknown {
  if (!(error instanceof Error) || error.name !== 'Refusal') return error;
  return new Open311Error(400, ...sentencesOf(error, around.locale));
}
