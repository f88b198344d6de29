import type { Visit } from '#faces/server/visit.ts';
import { isOpenToAll, show_topic } from '#modules/forum/index.ts';
import { show_request } from '#modules/requests/index.ts';
import { isId } from '#platform/ids.ts';
import { isRefusal, see } from './act.ts';

const FROM = /^(topic|request)\/([0-9a-f-]{36}|\d{1,15})$/;

/** The first sentence of a text, or its first line. */
export const firstSentence = (text: string) => /^.*?(?:[。！？!?]|\.(?=\s|$)|$)/m.exec(text.trim())?.[0] ?? '';

/** What a topic, a motion or a proposal is written from, as far as everybody may read it: a topic of Morning Tea or a request. */
export async function sourceOf(visit: Visit, from: string | null | undefined) {
  const [, kind, key] = FROM.exec(from ?? '') ?? [];
  if (!kind) return null;
  try {
    if (kind === 'request') {
      const request = await see(visit, show_request, isId(key) ? { id: key } : { number: Number(key) });
      if (!request.is_public) return null;
      const link = `/requests/${request.number}`;
      return {
        from: `request/${request.id}`,
        kind,
        id: request.id,
        title: '',
        text: request.text,
        link,
        concludes: false,
      };
    }
    const topic = await see(visit, show_topic, { id: key });
    if (!isOpenToAll(topic)) return null;
    const link = `/forum/topics/${topic.id}`;
    const words = { title: topic.title, text: topic.summary ?? topic.text, concludes: topic.may.conclude };
    return { from: `topic/${topic.id}`, kind, id: topic.id, ...words, link };
  } catch (problem) {
    if (isRefusal(problem)) return null;
    throw problem;
  }
}
