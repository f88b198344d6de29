import { z } from 'zod';
import { system } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import { randomCode } from '#platform/crypto.ts';
import type { Environment } from '#platform/environment.ts';
import { dateFormat } from '#platform/intl.ts';
import { ask } from '#platform/query.ts';
import { findCampaign } from './campaign.store.ts';
import { issue_codes } from './commands/write_campaign.ts';
import { codeHash, lettersToPrint } from './letter.store.ts';
import { CODE_ALPHABET, CODE_LENGTH, fillIn, printedCode } from './letter.ts';

/** One page of paper: what stands on it, in both languages, and the code that only the paper holds. */
export type PrintedLetter = {
  id: string;
  titles: Record<string, string>;
  texts: Record<string, string>;
  addresses: Record<string, string>;
  position: number;
  code: string;
  printed_code: string;
  until: Record<string, string>;
};

const BATCH = 500;

const batch = {
  name: 'letters.print_batch',
  input: z.object({ campaign_id: z.uuid(), after: z.number() }),
  run: async (
    ctx: Parameters<typeof findCampaign>[0],
    { campaign_id, after }: { campaign_id: string; after: number },
  ) => ({
    campaign: await findCampaign(ctx, campaign_id),
    letters: await lettersToPrint(ctx, campaign_id, after, BATCH),
  }),
};

/**
 * The letters of a campaign as they are printed, some hundred at a time in walking order, each with a fresh code. The
 * codes are known to whoever takes them from here alone; the database has their keyed hashes. Running it again makes new
 * codes and ends the former.
 */
export async function* lettersForPrint(
  environment: Environment,
  community: Community,
  campaign_id: string,
): AsyncGenerator<PrintedLetter[]> {
  const caller = { actor: system, community, via: 'job' };
  for (let after = 0; ; ) {
    const { campaign, letters } = await ask(environment, caller, batch, { campaign_id, after });
    if (!campaign || letters.length === 0) return;
    const until = datesOf(community, campaign.expires_at ?? environment.clock());
    const printed = letters.map((letter) => {
      const code = randomCode(CODE_LENGTH, CODE_ALPHABET);
      const addresses: Record<string, string> = addressesOf(letter);
      const fill = (locale: string) =>
        fillIn(campaign.texts[locale] ?? '', {
          community: community.names[locale] ?? '',
          address: addresses[locale] ?? '',
          worker: letter.worker ?? (locale === 'en' ? 'your grid worker' : '网格员'),
          until: until[locale] ?? '',
        });
      return {
        ...{ id: letter.id, position: letter.position, titles: campaign.titles, addresses, until },
        texts: { 'zh-CN': fill('zh-CN'), en: fill('en') },
        ...{ code, printed_code: printedCode(code) },
      };
    });
    const codes = printed.map(({ id, code }) => ({ id, hash: codeHash(environment, code).toString('hex') }));
    await perform(environment, caller, issue_codes, { campaign_id, codes });
    yield printed;
    after = letters.at(-1)!.position;
  }
}

function addressesOf(letter: { building_names: Record<string, string>; unit: number; floor: number; door: string }) {
  const { building_names: names, unit, door } = letter;
  return {
    'zh-CN': `${names['zh-CN'] ?? ''}${unit}单元${door}室`,
    en: `${names.en ?? names['zh-CN'] ?? ''}, stair ${unit}, door ${door}`,
  };
}

function datesOf(community: Community, at: Date): Record<string, string> {
  const on = (locale: string) => dateFormat(locale, { dateStyle: 'long', timeZone: community.time_zone }).format(at);
  return { 'zh-CN': on('zh-CN'), en: on('en-GB') };
}
