import { error, type RequestEvent } from '@sveltejs/kit';
import { locale } from '#lib/server/locale.ts';
import { readOutbox } from '#platform/messenger.ts';

/** Only where nothing leaves this machine, and only to it (or in a demonstration, where nobody is real). */
export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  const isHere = ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(visit.address);
  if (visit.environment.messenger.leaves_this_machine || !(isHere || visit.community.is_demo)) error(404, 'not_found');
  return { messages: await readOutbox(visit.environment.data_dir, 50), title: locale(visit, 'web.outbox.title') };
};
