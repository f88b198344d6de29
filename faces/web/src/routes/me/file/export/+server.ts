import { type RequestEvent, redirect } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { sendDownload } from '#lib/server/downloads.ts';
import { my_exports } from '#modules/people/index.ts';

/** A file about me that a job has made, for me alone until it expires. */
export async function GET({ locals, url }: RequestEvent) {
  const { visit } = locals;
  if (!visit.person) redirect(303, '/sign-in?to=/me/file');
  const exports = await see(visit, my_exports, {});
  return sendDownload(
    visit,
    exports.find((one) => one.id === url.searchParams.get('download')),
  );
}
