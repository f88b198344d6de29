import { error, type RequestEvent } from '@sveltejs/kit';
import { isRefusal, see } from '#lib/server/act.ts';
import { sendDownload } from '#lib/server/downloads.ts';
import { notAsThemselves } from '#lib/server/letters.ts';
import { show_campaign } from '#modules/letters/index.ts';

/** The printed letters of a campaign, for those who may print it. */
export async function GET({ locals, params, url }: RequestEvent) {
  const { visit } = locals;
  notAsThemselves(visit);
  try {
    const { prints } = await see(visit, show_campaign, { id: params.id, limit: 1 });
    return sendDownload(
      visit,
      prints.find((print) => print.id === url.searchParams.get('download')),
    );
  } catch (caught) {
    if (isRefusal(caught)) error(404, 'not_found');
    throw caught;
  }
}
