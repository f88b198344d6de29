import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { makeReady } from '#engines/text_router/index.ts';
import { isRefusal } from '#lib/server/act.ts';
import { withProblemLinks } from '#lib/server/problem_links.ts';
import { log } from '#platform/log.ts';

/** Before the first visit, so that nobody waits while models are read. */
export const init: ServerInit = () => makeReady();

const KEPT = ['/offline', '/rounds/phone'];

/** Puts the visit that the outer server made where pages find it, and writes its wishes on the page's first tag. */
export const handle: Handle = async ({ event, resolve }) => {
  const visit = event.platform!.req.yingmen;
  event.locals.visit = visit;
  // The pages that a device keeps for when there is no signal are asked for without cookies.
  const { pathname, searchParams } = event.url;
  const isLarge = visit.large_type || (KEPT.includes(pathname) && searchParams.has('large'));
  const attributes = `lang="${visit.locale}" data-theme="${visit.theme}"${isLarge ? ' data-type="large"' : ''}`;
  return resolve(event, {
    transformPageChunk: ({ html }) => withProblemLinks(html.replace('%yingmen.html%', attributes)),
  });
};

/** A refusal that no form caught: what may not be seen is not there, anything else was asked wrongly. */
export const handleError: HandleServerError = ({ kind, error }) => {
  if (kind === 'app') return error;
  if (kind === 'framework') return { status: error.status, message: error.message };
  if (isRefusal(error))
    return { status: error.code === 'not_found' ? 404 : 400, message: error.code, code: error.code };
  if (kind === 'unknown') log.error({ error: error instanceof Error ? error.stack : String(error) }, 'a page failed');
  return { status: 500, message: 'unexpected' };
};
