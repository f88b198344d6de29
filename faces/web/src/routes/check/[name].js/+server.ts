import { stripTypeScriptTypes } from 'node:module';
import { error } from '@sveltejs/kit';
import verify_log from '#engines/merkle_log/verify.ts?raw';
import recompute_draw from '#engines/seat_draw/recompute.ts?raw';

const sources: Record<string, string> = { verify_log, recompute_draw };
const scripts = new Map<string, string>();

/** The checkers as they stand in the engines, their types blanked out: for this page's scripts, and to take home. */
export function GET({ params }: { params: { name: string } }) {
  const source = Object.hasOwn(sources, params.name) ? sources[params.name] : undefined;
  if (!source) error(404);
  const script = scripts.get(params.name) ?? stripTypeScriptTypes(source);
  scripts.set(params.name, script);
  return new Response(script, {
    headers: { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' },
  });
}
