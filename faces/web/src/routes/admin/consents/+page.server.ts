import type { RequestEvent } from '@sveltejs/kit';
import { act, both, formAction, seeOrNotFound, text } from '#lib/server/act.ts';
import { locale } from '#lib/server/locale.ts';
import { list_consent_texts, publish_consent_text } from '#modules/people/index.ts';

/** The texts that people agree to, one a purpose. The first of each comes with the product, in both languages. */
export const load = async ({ locals }: RequestEvent) => {
  const { visit } = locals;
  const inLanguage = (language: 'zh-CN' | 'en', purpose: string) =>
    locale({ locale: language }, `people.consents.${purpose}`);
  const purposes = await seeOrNotFound(visit, list_consent_texts, {});
  return {
    purposes: purposes.map(({ purpose, version, published }) => {
      const first = { 'zh-CN': inLanguage('zh-CN', purpose), en: inLanguage('en', purpose) };
      return { purpose, version, texts: published[0]?.texts ?? first, published, first };
    }),
    title: locale(visit, 'people.consent_texts.title'),
  };
};

export const actions = {
  default: (event: RequestEvent) =>
    formAction(event, async (form, visit) =>
      act(
        visit,
        publish_consent_text,
        {
          purpose: text(form, 'purpose'),
          expected_version: Number(text(form, 'expected_version')),
          texts: both(form, 'text'),
          asks_again: form.has('asks_again'),
        },
        text(form, 'command_id'),
      ),
    ),
};
