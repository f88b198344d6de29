import type { Community } from '#platform/context.ts';
import type { OurSelves } from './grant_package.ts';

/** How we are named in open data: by the identifier that an administrator set, else by the neighbourhood's own word. */
export function ourSelves(community: Pick<Community, 'slug' | 'names' | 'settings'>): OurSelves {
  const set = community.settings.organisation_identifier;
  const identifier = typeof set === 'string' && set.trim() !== '' ? set.trim() : `360G-${community.slug}`;
  return { identifier, name: community.names['zh-CN'] ?? community.names.en ?? community.slug };
}
