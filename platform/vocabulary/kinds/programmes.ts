import type { TermKind } from '../term.ts';
import { both, termOf } from './term_of.ts';

// The Chinese words are those of the account; the English are a neutral neighbourhood's.
const told = { is_ours: false };
const ours = { is_ours: true };

/** What this place calls the things it does. */
export const programmes: TermKind = {
  kind: 'programme',
  names: both(['做法', 'What we do']),
  descriptions: both(['社区各项做法在页面上的叫法。', 'What the things this neighbourhood does are called on pages.']),
  is_closed: true,
  fields: [],
  terms: [
    termOf(
      'six_knocks',
      ['亲情六敲门', 'Door visits'],
      [
        '在六种时候上门，问需要什么、愿意做什么。',
        'Visits on six occasions, asking what people need and what they would do.',
      ],
      told,
    ),
    termOf(
      'home_letter',
      ['家书走访', 'Home letters'],
      ['上门送一封家书，带回回信。', 'A letter brought at a knock, and the reply brought back.'],
      told,
    ),
    termOf(
      'activities',
      ['活动聚力', 'Activities'],
      ['用活动把邻居聚到一起。', 'What brings neighbours together.'],
      told,
    ),
    termOf(
      'venture',
      ['项目创投', 'Project venture'],
      [
        '居民和组织提出项目，大家来选、来投、来办、来评。',
        'Projects that residents propose, choose, pay for, run and judge.',
      ],
      told,
    ),
    termOf(
      'duties',
      ['履职评价', 'Appraisal of duties'],
      ['看岗位做了什么，不给居民打分。', 'How a post is served. Residents are never scored.'],
      told,
    ),
    termOf(
      'four_beauties_one_good',
      ['四美一好', 'Good building'],
      ['楼栋小组一起创建的荣誉。', 'What a building group works towards together.'],
      told,
    ),
    termOf(
      'three_at',
      ['“三在”党员', 'Active members'],
      ['在楼栋里一起做事的党员。', 'Members who work with their neighbours in the building.'],
      told,
    ),
    termOf(
      'morning_tea',
      ['世纪早茶', 'Morning Tea'],
      ['居民坐下来说事的社区论坛。', 'The community forum where people speak.'],
      told,
    ),
    termOf(
      'alliance',
      ['党建共同体', 'Neighbourhood alliance'],
      [
        '驻地单位、商圈企业和社会组织结成的共同体。',
        'Institutions, businesses and social organisations of the place together.',
      ],
      told,
    ),
    termOf(
      'council',
      ['共治理事会', 'Neighbourhood council'],
      ['由居民和单位推选、商量大事的理事会。', 'Members drawn from residents and partner units, who decide together.'],
      told,
    ),
    termOf(
      'parlour',
      ['楼道客厅', 'Shared parlour'],
      ['楼道里大家共用的客厅。', 'A room that the people of a stairwell share.'],
      told,
    ),
    termOf(
      'life_circle',
      ['十五分钟生活圈', '15-minute circle'],
      ['走路十五分钟内能办到的日常事。', 'What everyday life needs, within a walk of fifteen minutes.'],
      told,
    ),
    termOf(
      'start_up_chain',
      ['创业服务链条', 'Starting a business'],
      [
        '来这里创业的人一步步要办的事，和谁能帮忙。',
        'What a newcomer who opens a business needs, step by step, and who helps.',
      ],
      told,
    ),
    termOf(
      'report_in',
      ['报到', 'Report in'],
      ['说明在哪里服务、答应做什么。', 'Saying where one serves and what one will do.'],
      ours,
    ),
  ],
};
