import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawFile, type FileSection } from '#faces/documents/file.ts';
import { my_words } from '#modules/forum/index.ts';
import { my_replies } from '#modules/letters/index.ts';
import { my_file } from '#modules/people/index.ts';
import { list_requests } from '#modules/requests/index.ts';
import type { Actor } from '#platform/actor.ts';
import { REPOSITORY } from '#platform/config.ts';
import type { Community } from '#platform/context.ts';
import { beginDownload } from '#platform/downloads.ts';
import type { Environment } from '#platform/environment.ts';
import { type Messages, mergeMessages, translate } from '#platform/i18n.ts';
import { my_notices, my_ways } from '#platform/notices.ts';
import { ask } from '#platform/query.ts';

type Wish = { download_id: string; person_id: string; format: 'json' | 'pdf'; locale: 'zh-CN' | 'en' };

/** Gathers everything recorded about somebody, asked as they would ask themselves, into a download of theirs. */
export async function exportFile(environment: Environment, community: Community, wish: Wish): Promise<void> {
  const download = await beginDownload(environment, community, wish.download_id);
  const actor: Actor = { kind: 'person', id: wish.person_id, roles: [] };
  const caller = { actor, community, via: 'job' };
  try {
    const file = await ask(environment, caller, my_file, {});
    const requests = [];
    for (let after: string | undefined; ; ) {
      const page = await ask(environment, caller, list_requests, { mine: 'told', limit: 200, after });
      requests.push(...page.requests);
      if (!page.next) break;
      after = page.next;
    }
    const notices = await ask(environment, caller, my_notices, { limit: 500 });
    const { browsers, chats, choices, usual } = await ask(environment, caller, my_ways, {});
    const letter_replies = await ask(environment, caller, my_replies, {});
    const all = {
      exported_at: environment.clock(),
      community: community.names,
      file,
      requests,
      ...{ notices, notice_browsers: browsers, notice_chats: chats, notice_choices: choices, quiet_hours: usual },
      letter_replies,
      ...(await ask(environment, caller, my_words, {})),
    };
    const bytes =
      wish.format === 'json'
        ? Buffer.from(JSON.stringify(all, null, 2))
        : await drawFile(words(wish.locale, 'web.file.title'), sectionsOf(wish.locale, all));
    await download.write(bytes);
    await download.end(1);
    environment.live.tell(community.id, [`person/${wish.person_id}`]);
  } catch (error) {
    await download.fail();
    throw error;
  }
}

const kept = new Map<string, Messages>();

function words(locale: string, key: string): string {
  let messages = kept.get(locale);
  if (!messages) {
    const files = globSync(`{platform,modules/*,faces/*}/locales/${locale}.json`, { cwd: REPOSITORY }).sort();
    messages = mergeMessages(
      ...files.map((file) => JSON.parse(readFileSync(join(REPOSITORY, file), 'utf8')) as Messages),
    );
    kept.set(locale, messages);
  }
  return translate(messages, locale, key);
}

/** Every part of the file with its own heading; what has no sentence of its own is written as name and value. */
function sectionsOf(locale: string, all: Record<string, unknown>): FileSection[] {
  const { file, ...rest } = all as { file: Record<string, unknown> };
  const parts = { ...file, ...rest } as Record<string, unknown>;
  const plain = Object.entries(parts).filter(([, value]) => !Array.isArray(value));
  const lists = Object.entries(parts).filter((entry): entry is [string, unknown[]] => Array.isArray(entry[1]));
  const heading = (name: string) => words(locale, `people.export.parts.${name}`);
  return [
    { heading: words(locale, 'web.file.recorded'), lines: plain.map(([name, value]) => `${name}: ${shown(value)}`) },
    ...lists.map(([name, items]) => ({
      heading: heading(name),
      lines: items.length === 0 ? ['—'] : items.map((item) => `· ${shown(item)}`),
    })),
  ];
}

function shown(value: unknown): string {
  if (value === null || value === undefined || value === '') return '—';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(shown).join(', ');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .filter(([name, one]) => one !== null && !/(^|_)id$/.test(name))
    .map(([name, one]) => `${name} ${shown(one)}`)
    .join('; ');
}
