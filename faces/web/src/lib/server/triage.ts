import type { Visit } from '#faces/server/visit.ts';
import { find_similar, type show_request, suggest_category } from '#modules/requests/index.ts';
import { see } from './act.ts';

type Shown = Awaited<ReturnType<typeof show_request.run>>;

/** What helps whoever triages an open request: the likeliest category with its words, and open requests about the same matter. */
export async function triageOf(visit: Visit, request: Shown) {
  const may = (action: Shown['actions'][number]) => request.private !== null && request.actions.includes(action);
  const [suggested, similar] = await Promise.all([
    may('recategorise') ? see(visit, suggest_category, { text: request.text, limit: 1 }) : [],
    may('join_into')
      ? see(visit, find_similar, {
          text: request.text,
          latitude: request.latitude ?? undefined,
          longitude: request.longitude ?? undefined,
          told_at: request.submitted_at,
          not_id: request.id,
          limit: 3,
        })
      : [],
  ]);
  return { suggested: suggested[0] ?? null, similar };
}
