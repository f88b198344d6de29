import type { TermKind } from '../term.ts';
import { both, termOf } from './term_of.ts';

const told = { is_ours: false };
const ours = { is_ours: true };

/** What those are called who work for the neighbourhood; the codes are the roles of platform/actor.ts. */
export const roles: TermKind = {
  kind: 'role',
  names: both(['身份', 'Roles']),
  descriptions: both([
    '为社区做事的人在页面上的称呼。',
    'What those who work for the neighbourhood are called on pages.',
  ]),
  is_closed: true,
  fields: [],
  terms: [
    termOf(
      'grid_worker',
      ['网格员', 'grid worker'],
      ['走网格、敲门、当场办事的人。', 'Walks a grid, knocks, and solves on the spot.'],
      told,
    ),
    termOf(
      'desk_officer',
      ['窗口人员', 'desk officer'],
      ['接电话、接待来访、分派诉求的人。', 'Takes calls and visits, and routes requests.'],
      ours,
    ),
    termOf(
      'handler',
      ['承办人', 'handler'],
      ['在单位里把事办好并答复的人。', 'Does the work in a unit, and answers.'],
      ours,
    ),
    termOf('secretary', ['书记', 'secretary'], ['看全局、管到底的人。', 'Sees where needs go unanswered.'], told),
    termOf(
      'administrator',
      ['管理员', 'administrator'],
      ['管地方、人员、身份和词语的人。', 'Sets up places, people, roles and words.'],
      ours,
    ),
  ],
};

/** What kinds of organisations are called; the codes are those of modules/groups. */
export const organisation_kinds: TermKind = {
  kind: 'organisation_kind',
  names: both(['单位类别', 'Kinds of organisations']),
  descriptions: both(['单位和组织的类别在页面上的叫法。', 'What kinds of organisations are called on pages.']),
  is_closed: true,
  fields: [],
  terms: [
    termOf('department', ['职能部门', 'department'], ['政府的部门。', 'A department of the authorities.'], ours),
    termOf(
      'partner_unit',
      ['共建单位', 'partner unit'],
      ['在这里、愿意一起做事的单位。', 'A unit stationed here that takes part.'],
      told,
    ),
    termOf(
      'property_company',
      ['物业公司', 'property company'],
      ['管理小区房屋的公司。', 'Looks after the buildings of an estate.'],
      ours,
    ),
    termOf(
      'social_organisation',
      ['社会组织', 'social organisation'],
      ['承接服务项目的组织。', 'Takes on service projects.'],
      told,
    ),
    termOf(
      'volunteer_team',
      ['志愿队', 'volunteer team'],
      ['一起做志愿服务的队伍。', 'People who volunteer together.'],
      told,
    ),
    termOf(
      'club',
      ['文体团队', 'club'],
      ['一起唱歌、跳舞、打球的团队。', 'People who sing, dance or play together.'],
      told,
    ),
    termOf(
      'building_group',
      ['楼栋小组', 'building group'],
      ['一栋楼里的居民小组。', 'The residents’ group of a building.'],
      told,
    ),
    termOf(
      'committee',
      ['委员会', 'committee'],
      ['社区和小区的委员会。', 'A committee of the neighbourhood or an estate.'],
      told,
    ),
    termOf('business', ['商户', 'business'], ['开在这里的店和企业。', 'A shop or company here.'], told),
  ],
};
