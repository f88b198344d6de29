import type { Tags } from './extract.ts';

const words = (text: string) => new Set(text.split(' '));

/** Highways people walk on unless a tag says otherwise. Motorways, cycleways, bridleways and busways need foot=yes. */
const WALKED = words(
  'footway path pedestrian steps corridor platform elevator living_street residential unclassified service road track ' +
    'tertiary tertiary_link secondary secondary_link primary primary_link trunk trunk_link residential_link via_ferrata',
);
/** Highways that are there and may be walked when foot=* says so. */
const WALKED_IF_SAID = words('motorway motorway_link cycleway bridleway busway bus_guideway');
const FORBIDS = words('no agricultural forestry emergency psv discouraged');
const ALLOWS = words(
  'yes private permissive use_sidepath delivery designated destination customers official public restricted crossing ' +
    'sidewalk allowed passable footway permit residents',
);
/** Barriers that nobody on foot passes unless access or foot says so; gates, bollards, stiles, chains and the like are passed. */
const WALLS = words('fence wall barrier_board jersey_barrier debris');

/** What a value of access or foot says: true, false, or nothing that is known. Several values are told apart by “;”. */
function says(value: string | undefined): boolean | undefined {
  if (value === undefined) return undefined;
  let answer: boolean | undefined;
  for (const one of value.split(';')) {
    const word = one.trim();
    if (ALLOWS.has(word)) return true;
    if (FORBIDS.has(word)) answer = false;
  }
  return answer;
}

/**
 * May a way be walked on? `foot` decides, then `access`, then the kind of highway. Private ways are walked: those who live
 * in a compound go home on them. One-way rules are for wheels. Source: OSM wiki, “OSM tags for routing/Access restrictions”.
 */
export function isWalkable(tags: Tags): boolean {
  const highway = tags.highway ?? (isPlatform(tags) ? 'platform' : undefined);
  if (highway === undefined) return false;
  const isWalked = WALKED.has(highway);
  if (!isWalked && !WALKED_IF_SAID.has(highway)) return false;
  const foot = says(tags.foot);
  if (foot !== undefined) return foot;
  if (says(tags.access) === false || tags.impassable === 'yes' || tags.motorroad === 'yes') return false;
  if (tags.access === 'private' && (tags.emergency === 'yes' || tags.service === 'emergency_access')) return false;
  return isWalked;
}

function isPlatform(tags: Tags): boolean {
  return tags.railway === 'platform' || tags.public_transport === 'platform';
}

export function isSteps(tags: Tags): boolean {
  return tags.highway === 'steps';
}

/** Does a node stop whoever walks? A wall does, and whatever forbids access, unless foot allows it. */
export function isBlocked(tags: Tags): boolean {
  const foot = says(tags.foot);
  if (foot !== undefined) return !foot;
  return WALLS.has(tags.barrier ?? '') || says(tags.access) === false || tags.impassable === 'yes';
}
