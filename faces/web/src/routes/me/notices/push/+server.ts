import { json, type RequestEvent } from '@sveltejs/kit';
import { act, isRefusal, sentenceFor } from '#lib/server/act.ts';
import { subscribe_push } from '#platform/channels/push_subscriptions.ts';

/** What the island sends when a browser has subscribed. */
export const POST = async ({ request, locals }: RequestEvent) => {
  try {
    return json(await act(locals.visit, subscribe_push, await request.json().catch(() => null)));
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return json({ code: error.code, sentence: sentenceFor(locals.visit, error) }, { status: 400 });
  }
};
