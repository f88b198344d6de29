import { stripTypeScriptTypes } from 'node:module';
import { error } from '@sveltejs/kit';
import check_log from '#engines/merkle_log/check_log.ts?raw';
import verify_log from '#engines/merkle_log/verify.ts?raw';
import recompute_draw from '#engines/seat_draw/recompute.ts?raw';
import by_itself from './check_log_by_itself.ts?raw';

// The checker of a whole log is one file to take home: what it imports stands before it.
const whole_log = [verify_log, check_log, by_itself]
  .map((source) => source.replace(/^import [^;]*;$/gm, ''))
  .join('\n');
const sources: Record<string, string> = { verify_log, check_log: whole_log, recompute_draw };
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
