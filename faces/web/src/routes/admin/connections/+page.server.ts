import { error, type RequestEvent } from '@sveltejs/kit';
import { act, formAction, see, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { hasRole } from '#platform/actor.ts';
import { issue_api_token, list_api_tokens, newToken, revoke_api_token, SCOPES } from '#platform/api_tokens.ts';
import { add_webhook, end_webhook, list_webhooks, newWebhookSecret } from '#platform/webhooks.ts';

export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  if (!hasRole(visit.actor, 'administrator')) error(404, 'not_found');
  const [tokens, webhooks] = await Promise.all([see(visit, list_api_tokens, {}), see(visit, list_webhooks, {})]);
  return { tokens, webhooks, scopes: [...SCOPES], title: locale(visit, 'web.admin.connections') };
};

export const actions = {
  issue: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const token = newToken();
      await act(visit, issue_api_token, { label: text(form, 'label') ?? '', scopes: form.getAll('scope'), token });
      return { secret: token };
    }),
  revoke: (event: RequestEvent) =>
    formAction(event, async (form, visit) => void (await act(visit, revoke_api_token, { id: text(form, 'id') }))),
  add: (event: RequestEvent) =>
    formAction(event, async (form, visit) => {
      const secret = newWebhookSecret();
      const event_kinds = (text(form, 'event_kinds') ?? '*').split(/[\s,]+/).filter(Boolean);
      await act(visit, add_webhook, { url: text(form, 'url') ?? '', event_kinds, secret });
      return { secret };
    }),
  end: (event: RequestEvent) =>
    formAction(event, async (form, visit) => void (await act(visit, end_webhook, { id: text(form, 'id') }))),
};
