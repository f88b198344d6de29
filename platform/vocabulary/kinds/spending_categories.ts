import type { TermKind } from '../term.ts';
import { both, termOf } from './term_of.ts';

const ours = { is_ours: true };

/** What money is spent on: the uses that a spending, a budget line and a giver's wish name. */
export const spending_categories: TermKind = {
  kind: 'spending_category',
  names: both(['支出用途', 'Uses of money']),
  descriptions: both(['申请支出时可以选的用途。', 'What can be chosen when money is to be spent.']),
  is_closed: false,
  fields: [],
  terms: [
    termOf(
      'care',
      ['照护与看望', 'care and visits'],
      ['上门看望、陪护和带去的东西。', 'Visits, and what is brought.'],
      ours,
    ),
    termOf('elders', ['助老', 'elders'], ['助餐、助浴、适老改造。', 'Meals, baths, grab rails.'], ours),
    termOf(
      'children',
      ['儿童与教育', 'children and learning'],
      ['课后、假期、图书。', 'After school, holidays, books.'],
      ours,
    ),
    termOf(
      'hardship',
      ['困难帮扶', 'hardship'],
      ['一时过不去的难处。', 'When somebody cannot manage for a while.'],
      ours,
    ),
    termOf('culture', ['文化活动', 'culture'], ['演出、节日、俱乐部。', 'Shows, festivals, clubs.'], ours),
    termOf(
      'environment',
      ['环境与绿化', 'environment'],
      ['花草、清洁、垃圾分类。', 'Plants, cleaning, sorting.'],
      ours,
    ),
    termOf('repairs', ['小修小补', 'small repairs'], ['路灯、扶手、长椅。', 'Lamps, handrails, benches.'], ours),
    termOf('safety', ['安全', 'safety'], ['消防、充电、急救箱。', 'Fire, charging, first aid.'], ours),
    termOf('meetings', ['议事与茶话', 'meetings and tea'], ['茶水、场地、印刷。', 'Tea, rooms, printing.'], ours),
    termOf('training', ['培训', 'training'], ['志愿者和骨干的培训。', 'Of volunteers and leads.'], ours),
    termOf(
      'administration',
      ['管理费用', 'administration'],
      ['银行手续费、审计、保险。', 'Bank fees, audit, insurance.'],
      ours,
    ),
    termOf('other', ['其他', 'other'], ['上面都不是。', 'None of these.'], ours),
  ],
};
