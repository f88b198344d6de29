/** Kinds of organisations in a neighbourhood; their names in the place's own words are vocabulary. */
export const ORGANISATION_KINDS = [
  'department',
  'partner_unit',
  'property_company',
  'social_organisation',
  'volunteer_team',
  'club',
  'building_group',
  'committee',
  'business',
  'alliance',
  'council',
  'party_branch',
  'trade_union',
  'youth_league',
  'womens_federation',
] as const;
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number];

/** The registration life of an organisation. */
export const PHASES = ['forming', 'filed', 'active', 'dormant', 'closed'] as const;
export type Phase = (typeof PHASES)[number];

/** From each phase to those that may follow. A closed organisation stays closed: who begins again is somebody new. */
const FOLLOWS: Record<Phase, readonly Phase[]> = {
  forming: ['filed', 'active', 'closed'],
  filed: ['active', 'closed'],
  active: ['dormant', 'closed'],
  dormant: ['active', 'closed'],
  closed: [],
};

export function mayBecome(from: Phase, to: Phase): boolean {
  return from === to || FOLLOWS[from].includes(to);
}

export type Names = { 'zh-CN': string; en: string };

export type Organisation = {
  id: string;
  kind: OrganisationKind;
  names: Names;
  parent_id: string | null;
  building_id: string | null;
  phase: Phase;
  about: Partial<Names>;
  contact: string | null;
  registered_number: string | null;
  started_at: Date;
  ended_at: Date | null;
  version: number;
};

/** Whose members are organisations, as partner units are of an alliance; people join the others. */
export function takesOrganisations(kind: OrganisationKind): boolean {
  return kind === 'alliance' || kind === 'council' || kind === 'committee';
}
