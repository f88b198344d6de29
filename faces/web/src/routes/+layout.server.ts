import { see } from '#lib/server/act.ts';
import { Vocabulary } from '#lib/vocabulary.ts';
import { isStaff } from '#platform/actor.ts';
import { list_removed_terms, list_terms } from '#platform/vocabulary/index.ts';

// Pages are whole documents; the small scripts that help on some of them are in static/islands.
export const csr = false;

export const load = async ({ locals, url }: { locals: App.Locals; url: URL }) => {
  const { community, locale, large_type, theme, person, actor, acting_for } = locals.visit;
  return {
    vocabulary: new Vocabulary(
      await see(locals.visit, list_terms, {}),
      await see(locals.visit, list_removed_terms, {}),
    ),
    locale,
    large_type,
    theme,
    time_zone: community.time_zone,
    community: { names: community.names, is_demo: community.is_demo, attribution: community.attribution },
    person: person ? { name: person.public_name ?? person.name_masked } : null,
    acting_for: acting_for?.name_masked ?? null,
    is_staff: isStaff(actor),
    roles: actor.roles.map((grant) => grant.role as string),
    path: url.pathname + url.search,
  };
};
