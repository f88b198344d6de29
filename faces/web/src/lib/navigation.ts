/** The five places of the bottom bar: address, locale key under `web.nav.`, icon. */
export const places = [
  ['/', 'home', 'House'],
  ['/ask', 'ask', 'DoorOpen'],
  ['/requests', 'requests', 'List'],
  ['/map', 'map', 'Map'],
  ['/me', 'me', 'User'],
] as const;

/** Further public places, in the foot of every page. */
export const more: readonly [path: string, key: string][] = [
  ['/groups', 'groups'],
  ['/forum', 'forum'],
  ['/council', 'council'],
  ['/venture', 'venture'],
  ['/funds', 'funds'],
  ['/log', 'log'],
];

/** The places of those who work for the neighbourhood: address, locale key, and the roles that see it (any role when there is none). */
const STAFF: readonly [path: string, key: string, roles?: readonly string[]][] = [
  ['/desk', 'desk'],
  ['/desk/deliveries', 'deliveries', ['desk_officer', 'secretary', 'administrator']],
  ['/rounds', 'rounds', ['grid_worker', 'desk_officer', 'secretary']],
  ['/visits/coverage', 'coverage', ['desk_officer', 'secretary']],
  ['/overview', 'overview'],
  ['/letters', 'letters', ['grid_worker', 'desk_officer', 'secretary', 'administrator']],
  ['/funds/desk', 'funds_desk', ['treasurer', 'auditor', 'secretary']],
  ['/forum/posts', 'scouting', ['secretary', 'administrator']],
  ['/admin', 'admin', ['administrator']],
  ['/admin/people', 'people', ['desk_officer', 'grid_worker']],
];

export function staffPlaces(roles: readonly string[], is_staff: boolean): [path: string, key: string][] {
  const isShown = (path: string, wanted?: readonly string[]) =>
    is_staff &&
    (!wanted || wanted.some((role) => roles.includes(role))) &&
    !(path === '/admin/people' && roles.includes('administrator'));
  return STAFF.filter(([path, , wanted]) => isShown(path, wanted)).map(([path, key]) => [path, key]);
}
