import { error, type RequestEvent } from '@sveltejs/kit';
import { roundOf } from '#lib/server/venture.ts';

/** The frozen rules, byte for byte what was hashed. */
export async function GET(event: RequestEvent) {
  const { frozen_text, number } = await roundOf(event);
  if (!frozen_text) error(404, 'not_found');
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="venture-${number}-rules.json"`,
  };
  return new Response(frozen_text, { headers });
}
