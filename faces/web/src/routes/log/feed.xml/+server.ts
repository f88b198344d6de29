import type { RequestEvent } from '@sveltejs/kit';
import { see } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { originOf, show_log } from '#modules/log/index.ts';

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** The signed heads as an Atom feed (RFC 4287), so that any reader keeps copies nobody can call back. */
export async function GET({ locals: { visit } }: RequestEvent) {
  const { heads } = await see(visit, show_log, { heads: 48, limit: 1 });
  const url = visit.environment.base_url;
  const updated = (heads[0]?.signed_at ?? visit.environment.clock()).toISOString();
  const entries = heads.map(
    ({ size, note, signed_at }) => `  <entry>
    <id>urn:${escapeXml(originOf(visit.community))}:${size}</id>
    <title>${escapeXml(locale(visit, 'log.head_of', { count: size }))}</title>
    <updated>${signed_at.toISOString()}</updated>
    <link href="${url}/log"/>
    <content type="text">${escapeXml(note)}</content>
  </entry>`,
  );
  const feed = `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>${url}/log</id>
  <title>${escapeXml(locale(visit, 'log.heads'))}</title>
  <updated>${updated}</updated>
  <author><name>Yingmen</name></author>
  <link rel="self" href="${url}/log/feed.xml"/>
${entries.join('\n')}
</feed>
`;
  return new Response(feed, { headers: { 'content-type': 'application/atom+xml; charset=utf-8' } });
}
