import type { FastifyRequest } from 'fastify';
import { welcome_person } from '#modules/people/index.ts';
import { identityOf, mayActFor, sessionOf } from '#platform/accounts/index.ts';
import { system, visitor } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';
import type { Community } from '#platform/context.ts';
import type { Environment } from '#platform/environment.ts';
import { ACTING_COOKIE, readActing, SESSION_COOKIE } from './cookies.ts';
import { maskedNameOf } from './visit.store.ts';
import { LOCALES, type Locale, type Theme, type Visit } from './visit.ts';

/** Works out who asks, in which language, and for whom they act. Asked anew each time, so an ended role ends at once. */
export async function makeVisit(environment: Environment, request: FastifyRequest): Promise<Visit> {
  const community = await environment.communityBySlug();
  const cookies = request.cookies;
  const base = {
    environment,
    community,
    locale: localeOf(request),
    large_type: cookies.large_type === '1',
    theme: (['light', 'dark'].includes(cookies.theme ?? '') ? cookies.theme : 'system') as Theme,
    address: request.ip,
  };
  const session = await sessionOf(environment, cookies[SESSION_COOKIE]);
  if (!session) return { ...base, actor: visitor };
  const identity =
    (await identityOf(environment, community, session.login_id)) ??
    (await welcome(environment, community, session.login_id));
  if (!identity) return { ...base, actor: visitor };
  const signed_in = { ...base, login_id: session.login_id, session_hash: session.token_hash, person: identity.person };
  const large_type = cookies.large_type === undefined ? identity.person.large_type : base.large_type;
  const subject_id = readActing(environment.session_key, session.token_hash, cookies[ACTING_COOKIE]);
  if (subject_id && (await mayActFor(environment, community, identity.actor, subject_id))) {
    const acting_for = { id: subject_id, name_masked: await maskedNameOf(environment, community, subject_id) };
    return { ...signed_in, large_type, actor: { ...identity.actor, on_behalf_of_id: subject_id }, acting_for };
  }
  return { ...signed_in, large_type, actor: identity.actor };
}

async function welcome(environment: Environment, community: Community, login_id: string) {
  await perform(environment, { actor: system, community, via: 'page' }, welcome_person, { login_id });
  return identityOf(environment, community, login_id);
}

/** ?lang=, then what was chosen, then what the browser asks for, then Chinese. */
export function localeOf(request: Pick<FastifyRequest, 'cookies' | 'headers' | 'query'>): Locale {
  const asked = (request.query as { lang?: string } | undefined)?.lang ?? request.cookies?.locale;
  if (LOCALES.includes(asked as Locale)) return asked as Locale;
  for (const part of String(request.headers['accept-language'] ?? '').split(',')) {
    const language = part.trim().toLowerCase();
    if (language.startsWith('zh')) return 'zh-CN';
    if (language.startsWith('en')) return 'en';
  }
  return 'zh-CN';
}
