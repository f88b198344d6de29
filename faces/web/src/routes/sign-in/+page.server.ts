import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RequestEvent } from '@sveltejs/kit';
import { formAction, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { onward, openSession } from '#lib/server/session.ts';
import { welcome_person } from '#modules/people/index.ts';
import { askForCode, loginWithCode, loginWithPassword, normalPhone } from '#platform/accounts/index.ts';
import { system } from '#platform/actor.ts';
import { perform } from '#platform/command.ts';

type SignIn = { role: string; name: string; login_name: string; password: string };

export const load = async ({ locals, url }: RequestEvent) => {
  const { visit } = locals;
  return {
    with_password: url.searchParams.get('with') === 'password',
    phone: url.searchParams.get('phone') ?? '',
    is_local: !visit.environment.messenger.leaves_this_machine,
    demo: visit.community.is_demo ? await demoSignIns(visit.environment.data_dir) : [],
    name: url.searchParams.get('name') ?? '',
    island: 'passkey',
    title: locale(visit, 'web.sign.title'),
  };
};

/** The sign-ins that the demonstration made, kept beside its database for the people of this machine. */
async function demoSignIns(data_dir: string): Promise<SignIn[]> {
  const file = await readFile(join(data_dir, 'demo_sign_ins.json'), 'utf8').catch(() => '[]');
  return JSON.parse(file) as SignIn[];
}

export const actions = {
  ask: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const phone = text(form, 'phone') ?? '';
      const community = visit.community.names[visit.locale] ?? '';
      await askForCode(visit.environment, { phone, address: visit.address }, (code) =>
        locale(visit, 'web.sign.sms', { community, code }),
      );
      return { phone };
    }),
  code: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        const phone = text(form, 'phone') ?? '';
        const login_id = await loginWithCode(visit.environment, {
          phone,
          code: text(form, 'code') ?? '',
          address: visit.address,
        });
        await perform(visit.environment, { actor: system, community: visit.community, via: 'page' }, welcome_person, {
          login_id,
          phone: normalPhone(phone),
        });
        await openSession(visit, event.cookies, event.url, login_id, 'code', event.request.headers.get('user-agent'));
      },
      () => onward(event.url),
    ),
  password: (event: RequestEvent) =>
    formAction(
      event,
      async (form, visit) => {
        const login_id = await loginWithPassword(visit.environment, {
          login: text(form, 'login') ?? '',
          password: text(form, 'password') ?? '',
          address: visit.address,
        });
        await openSession(
          visit,
          event.cookies,
          event.url,
          login_id,
          'password',
          event.request.headers.get('user-agent'),
        );
      },
      () => onward(event.url),
    ),
};
