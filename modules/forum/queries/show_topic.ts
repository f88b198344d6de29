import { z } from 'zod';
import { publicNames } from '#modules/people/index.ts';
import { allows } from '#platform/policy.ts';
import { query } from '#platform/query.ts';
import { notFound } from '#platform/refusal.ts';
import { type ForumAction, forumPolicy, forumRelations } from '../forum.policy.ts';
import { findSession } from '../session.store.ts';
import { isPhotoShown, type ShownSpeech, speechesOf } from '../speech.store.ts';
import type { SpeechState } from '../speech.ts';
import { countStatements } from '../statement.store.ts';
import { findTopic, linksOf } from '../topic.store.ts';
import { isOpenToAll } from '../topic.ts';

const PAGE = 50;

/**
 * One topic with its speeches. What waits or was refused is seen by who wrote it and by moderators; what was hidden
 * leaves its place and the reason.
 */
export const show_topic = query({
  name: 'forum.show_topic',
  reads: 'nobody',
  input: z.object({ id: z.uuid(), offset: z.number().int().min(0).max(100_000).default(0) }),
  async run(ctx, { id, offset }) {
    const topic = (await findTopic(ctx, id)) ?? notFound('topic', id);
    const session = topic.session_id ? await findSession(ctx, topic.session_id) : undefined;
    const relations = forumRelations(ctx.actor, session);
    const may = (action: ForumAction) => allows(forumPolicy, action, relations);
    const mine = (person_id: string) => person_id === ctx.actor.id && !ctx.actor.on_behalf_of_id;
    if (!isOpenToAll(topic) && !mine(topic.raised_by_id) && !may('moderate')) notFound('topic', id);
    const rows = await speechesOf(ctx, id, { offset, limit: PAGE + 1 });
    const { raised_by_id, ...shown } = topic;
    return {
      ...shown,
      raised_by: (await publicNames(ctx, [raised_by_id])).get(raised_by_id) ?? null,
      is_mine: mine(raised_by_id),
      session: session ? { id: session.id, titles: session.titles, starts_at: session.starts_at } : null,
      links: await linksOf(ctx, id),
      statements: await countStatements(ctx, id),
      speeches: rows.slice(0, PAGE).flatMap((speech) => visible(speech, mine(speech.speaker_id), may('moderate'))),
      next: rows.length > PAGE ? offset + PAGE : null,
      may: { speak: may('speak'), moderate: may('moderate'), conclude: may('conclude') && topic.state === 'open' },
    };
  },
});

function visible({ speaker_id: _id, ...speech }: ShownSpeech, is_mine: boolean, moderates: boolean) {
  const state: SpeechState = speech.state;
  if (state === 'shown' || moderates || is_mine) return [{ ...speech, is_mine }];
  if (state === 'hidden') return [{ ...speech, is_mine, text: '', quote: null, photos: [] as string[] }];
  return [];
}

/** True when a speech that everybody may read shows the photo. */
export const may_see_speech_photo = query({
  name: 'forum.may_see_speech_photo',
  reads: 'nobody',
  input: z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) }),
  async run(ctx, { hash }) {
    return (
      (await isPhotoShown(ctx, hash)) ||
      (allows(forumPolicy, 'moderate', forumRelations(ctx.actor)) && (await isPhotoShown(ctx, hash, true)))
    );
  },
});
