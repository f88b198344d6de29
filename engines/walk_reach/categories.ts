import type { Tags } from './extract.ts';

/** Bands of age that people are counted in; every threshold is for some of them. */
export const BANDS = ['infant', 'preschool', 'pupil', 'student', 'adult', 'elder', 'frail'] as const;
export type Band = (typeof BANDS)[number];
export type Group = 'everyone' | 'infants' | 'preschool_children' | 'pupils' | 'students' | 'children' | 'elders';

/** Which bands a group of the table is made of: infant 0–2, preschool 3–5, pupil 6–11, student 12–14, adult 15–59, elder 60–74, frail 75 and older. */
export const GROUPS: Record<Group, readonly Band[]> = {
  everyone: BANDS,
  infants: ['infant'],
  preschool_children: ['preschool'],
  pupils: ['pupil'],
  students: ['student'],
  children: ['infant', 'preschool', 'pupil', 'student'],
  elders: ['elder', 'frail'],
};

/** All of these must hold: a key has one of the values, or its text matches; `not` must not hold. */
type Condition = { key: string; values?: readonly string[]; matches?: RegExp; not?: readonly string[] };
export type Category = {
  key: string;
  names: { 'zh-CN': string; en: string };
  /** Metres on the network within which a facility counts as near. */
  threshold_metres: number;
  group: Group;
  /** Any of these; each is a list of conditions that must all hold. */
  tags: readonly (readonly Condition[])[];
  /** Reached at its edge or gates, not at its middle. */
  is_open_ground?: boolean;
};

const is = (key: string, ...values: string[]): Condition => ({ key, values });
const named = (matches: RegExp): Condition => ({ key: 'name', matches });
const category = (
  key: string,
  zh: string,
  en: string,
  threshold_metres: number,
  group: Group,
  ...tags: Condition[][]
): Category => ({ key, names: { 'zh-CN': zh, en }, threshold_metres, group, tags });

/**
 * Default categories of the fifteen-minute circle with their thresholds and OpenStreetMap tags. Compiled from the walking
 * distances of GB 50180-2018 and its older edition as read in secondary sources, and from the notices on the community
 * convenience circle (Ministry of Commerce 2021) and complete communities; figures without a printed source are defaults to be
 * checked, so a community may change all of them.
 */
export const CATEGORIES: readonly Category[] = [
  category('kindergarten', '幼儿园', 'Kindergarten', 300, 'preschool_children', [is('amenity', 'kindergarten')]),
  category('nursery', '托育机构', 'Nursery', 300, 'infants', [is('amenity', 'childcare')], [is('nursery', 'yes')]),
  category(
    'primary_school',
    '小学',
    'Primary school',
    500,
    'pupils',
    [is('amenity', 'school'), { key: 'isced:level', matches: /1/ }],
    [is('amenity', 'school'), named(/小学|primary|[ée]l[ée]mentaire/i)],
  ),
  category(
    'secondary_school',
    '初中',
    'Secondary school',
    1000,
    'students',
    [is('amenity', 'school'), { key: 'isced:level', matches: /2/ }],
    [is('amenity', 'school'), named(/中学|初中|secondary|coll[èe]ge/i)],
  ),
  category('elder_day_care', '养老服务站', 'Day care for elders', 300, 'elders', [
    is('amenity', 'social_facility'),
    is('social_facility', 'day_care', 'outreach'),
    { key: 'social_facility:for', matches: /senior/ },
  ]),
  category(
    'elder_home',
    '养老院',
    'Home for elders',
    1000,
    'elders',
    [is('social_facility', 'nursing_home', 'assisted_living')],
    [is('amenity', 'nursing_home')],
  ),
  category(
    'canteen',
    '社区食堂',
    'Community canteen',
    300,
    'elders',
    [is('amenity', 'canteen')],
    [is('amenity', 'social_facility'), is('social_facility', 'soup_kitchen', 'food')],
    [{ key: 'amenity', not: ['restaurant'], matches: /./ }, named(/食堂|助餐/)],
  ),
  category(
    'health_station',
    '社区卫生服务站',
    'Health station',
    500,
    'everyone',
    [is('amenity', 'clinic', 'doctors')],
    [is('healthcare', 'centre', 'clinic', 'doctor')],
  ),
  category(
    'health_centre',
    '社区卫生服务中心、医院',
    'Health centre or hospital',
    1000,
    'everyone',
    [is('amenity', 'hospital')],
    [is('amenity', 'clinic'), named(/卫生服务中心/)],
  ),
  category('pharmacy', '药店', 'Pharmacy', 500, 'everyone', [is('amenity', 'pharmacy')], [is('shop', 'chemist')]),
  category(
    'market',
    '菜市场、生鲜超市',
    'Food market',
    500,
    'everyone',
    [is('amenity', 'marketplace')],
    [is('shop', 'supermarket', 'greengrocer')],
  ),
  category(
    'convenience',
    '便利店、早餐店',
    'Corner shop or breakfast',
    300,
    'everyone',
    [is('shop', 'convenience', 'bakery')],
    [is('amenity', 'fast_food')],
  ),
  category(
    'community_station',
    '社区服务站、党群服务中心',
    'Community service station',
    300,
    'everyone',
    [is('amenity', 'community_centre')],
    [is('office', 'government'), named(/社区|党群/)],
  ),
  category(
    'culture',
    '文化活动站、图书室',
    'Library or culture room',
    500,
    'everyone',
    [is('amenity', 'library', 'arts_centre')],
    [is('amenity', 'community_centre'), is('community_centre', 'culture')],
  ),
  {
    ...category('sport', '健身场地', 'Place for sport', 300, 'everyone', [
      is('leisure', 'fitness_station', 'pitch', 'sports_centre', 'fitness_centre'),
    ]),
    is_open_ground: true,
  },
  {
    ...category('playground', '儿童游乐场', 'Playground', 300, 'children', [is('leisure', 'playground')]),
    is_open_ground: true,
  },
  {
    ...category(
      'green',
      '公园绿地',
      'Park or green',
      300,
      'everyone',
      [is('leisure', 'park', 'garden'), { key: 'access', not: ['private', 'no'] }],
      [is('landuse', 'village_green')],
    ),
    is_open_ground: true,
  },
  category(
    'bus_stop',
    '公交站',
    'Bus stop',
    500,
    'everyone',
    [is('highway', 'bus_stop')],
    [is('public_transport', 'platform'), is('bus', 'yes')],
  ),
  category('parcels', '快递点', 'Parcels and post', 300, 'everyone', [is('amenity', 'parcel_locker', 'post_office')]),
  category('toilet', '公共厕所', 'Public toilet', 500, 'everyone', [
    is('amenity', 'toilets'),
    { key: 'access', not: ['private', 'no'] },
  ]),
  category(
    'daily_services',
    '银行、理发、维修',
    'Bank, hairdresser, repair',
    500,
    'everyone',
    [is('amenity', 'bank', 'atm')],
    [is('shop', 'hairdresser', 'repair')],
  ),
  category(
    'emergency',
    '避难场所、急救设备、消防站',
    'Shelter, defibrillator, fire station',
    500,
    'everyone',
    [is('emergency', 'assembly_point', 'defibrillator')],
    [is('amenity', 'fire_station')],
  ),
];

function holds(tags: Tags, { key, values, matches, not }: Condition): boolean {
  const value = tags[key];
  if (not?.includes(value ?? '')) return false;
  if (values) return value !== undefined && values.includes(value);
  return matches ? value !== undefined && matches.test(value) : true;
}

/** Does something with these tags belong to the category? */
export function belongsTo(tags: Tags, { tags: alternatives }: Category): boolean {
  return alternatives.some((conditions) => conditions.every((condition) => holds(tags, condition)));
}
