import type { Ctx } from '#platform/context.ts';
import { type Consent, textsOf } from './consent.store.ts';
import { PURPOSES, textInForce } from './consent.ts';

/**
 * Each purpose with its text in force and the consent that counts for it, if one does. `texts` is null for the first
 * version, which stands in the locales; `is_newer` says that the text has changed since it was agreed to.
 */
export async function consentsByPurpose<Given extends Consent>(ctx: Ctx, consents: readonly Given[]) {
  const purposes = [];
  for (const purpose of PURPOSES) {
    const published = await textsOf(ctx, purpose);
    const { version, oldest_counting } = textInForce(published);
    const given = consents.find((one) => one.purpose === purpose && !one.withdrawn_at);
    purposes.push({
      ...{ purpose, version, published, texts: published[0]?.texts ?? null },
      consent: given && given.text_version >= oldest_counting ? given : null,
      is_newer: !!given && given.text_version < version,
    });
  }
  return purposes;
}
