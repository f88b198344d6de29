import { drawLetters } from '#faces/documents/letters.ts';
import { lettersForPrint } from '#modules/letters/index.ts';
import type { Community } from '#platform/context.ts';
import { beginDownload } from '#platform/downloads.ts';
import type { Environment } from '#platform/environment.ts';

/** Prints a campaign into a download. A job that is repeated begins anew: new codes, new pages. */
export async function printLetters(
  environment: Environment,
  community: Community,
  { campaign_id, download_id }: { campaign_id: string; download_id: string },
): Promise<void> {
  const download = await beginDownload(environment, community, download_id);
  try {
    const done = await drawLetters(pages(environment, community, campaign_id), download.write, download.progress);
    await download.end(done);
    environment.live.tell(community.id, [`letter_campaign/${campaign_id}`]);
  } catch (error) {
    await download.fail();
    throw error;
  }
}

async function* pages(environment: Environment, community: Community, campaign_id: string) {
  for await (const letters of lettersForPrint(environment, community, campaign_id)) {
    yield letters.map(({ code, ...letter }) => ({
      ...letter,
      community: community.names,
      url: `${environment.base_url}/claim?code=${code}`,
    }));
  }
}
