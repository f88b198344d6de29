import type { Ctx } from '#platform/context.ts';
import { notify } from '#platform/notify.ts';
import type { Outcome } from './speech.ts';
import type { Topic } from './topic.ts';

/** Whoever raised a topic is told what came of it, unless they did it themselves; once for each `key`. */
export async function tellRaiser(ctx: Ctx, topic: Topic, outcome: Outcome, key: string): Promise<void> {
  if (topic.raised_by_id === ctx.actor.id) return;
  const { id, raised_by_id, title } = topic;
  const notice = { person_id: raised_by_id, template: `topic_${outcome}`, vars: { title } };
  await notify(ctx, { ...notice, subject: { kind: 'topic', id } }, key);
}
