import { ESTATES } from './names.ts';

/** Invented names of organisations in both languages, the plain word by which neighbours know them. */
type Names = readonly [zh: string, en: string][];

const DEPARTMENTS: Names = [
  ['城市管理科', 'City Management Section'],
  ['民政办', 'Civil Affairs Office'],
  ['综治办', 'Public Safety Office'],
  ['文体站', 'Culture and Sports Station'],
  ['计生卫生科', 'Health Section'],
  ['司法所', 'Justice Office'],
  ['安监站', 'Work Safety Station'],
  ['社保所', 'Social Security Office'],
  ['环保所', 'Environment Office'],
  ['住建所', 'Housing Office'],
  ['信访办', 'Letters and Visits Office'],
  ['妇联', "Women's Federation"],
];

const PARTNERS: Names = [
  ['供水服务所', 'Water Service'],
  ['供电营业厅', 'Power Service Hall'],
  ['社区卫生服务站', 'Health Centre'],
  ['派出所警务室', 'Police Post'],
  ['城管中队', 'City Management Team'],
  ['园林绿化队', 'Parks Team'],
  ['燃气服务部', 'Gas Service'],
  ['幼儿园', 'Kindergarten'],
  ['小学', 'Primary School'],
  ['银行支行', 'Bank Branch'],
  ['养老驿站', 'Elders’ House'],
  ['超市', 'Supermarket'],
  ['药店', 'Pharmacy'],
  ['律师事务所', 'Law Office'],
  ['通信营业厅', 'Telephone Service Hall'],
  ['邮政支局', 'Post Office'],
  ['环卫所', 'Street Cleaning Station'],
  ['图书馆', 'Library'],
  ['体育中心', 'Sports Centre'],
];
const SOCIAL: Names = [
  ['邻里互助会', 'Neighbours’ Help'],
  ['助老服务社', 'Care for Elders'],
  ['儿童成长中心', 'Children’s Centre'],
  ['社区花园小组', 'Garden Group'],
  ['矛盾调解室', 'Mediation Room'],
  ['书画社', 'Calligraphy Society'],
  ['心理关爱中心', 'Counselling Centre'],
  ['环保行动社', 'Green Action'],
];
const VOLUNTEERS: Names = [
  ['平安巡逻队', 'Night Patrol'],
  ['银发互助队', 'Silver Helpers'],
  ['义务维修队', 'Repair Team'],
  ['周末清洁队', 'Weekend Cleaners'],
  ['助学志愿队', 'Homework Helpers'],
  ['文明劝导队', 'Courtesy Team'],
];
const CLUBS: Names = [
  ['合唱团', 'Choir'],
  ['太极拳队', 'Tai Chi Group'],
  ['广场舞队', 'Dance Group'],
  ['乒乓球队', 'Table Tennis Team'],
  ['读书会', 'Reading Circle'],
  ['摄影社', 'Photography Club'],
  ['棋牌社', 'Chess and Cards Club'],
  ['京剧票友社', 'Peking Opera Friends'],
];
const LISTS: Record<string, Names> = {
  partner_unit: PARTNERS,
  social_organisation: SOCIAL,
  volunteer_team: VOLUNTEERS,
  club: CLUBS,
};

/** The names of the i-th organisation of a kind; those that share a word belong to different estates. */
export function organisationNames(kind: string, i: number): { 'zh-CN': string; en: string } {
  const estate = (k: number) => ESTATES[k % ESTATES.length]!;
  if (kind === 'building_group') return { 'zh-CN': `第${i + 1}楼栋小组`, en: `Building Group ${i + 1}` };
  if (kind === 'department') {
    const [zh, en] = DEPARTMENTS[i % DEPARTMENTS.length]!;
    return { 'zh-CN': zh, en };
  }
  if (kind === 'property_company')
    return { 'zh-CN': `${estate(i)['zh-CN']}安居物业`, en: `${estate(i).en} Home Property` };
  const list = LISTS[kind]!;
  const [zh, en] = list[i % list.length]!;
  const place = estate(Math.floor(i / list.length) + i);
  return { 'zh-CN': place['zh-CN'] + zh, en: `${place.en} ${en}` };
}
