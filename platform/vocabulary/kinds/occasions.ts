import type { TermKind } from '../term.ts';
import { both, termOf } from './term_of.ts';

const ours = (data: { within_days: number; every_days: number }) => ({ is_ours: true, data });

/** When somebody knocks. The account has six knocks; which six, and how often, is ours. */
export const occasions: TermKind = {
  kind: 'occasion',
  names: both(['敲门的时候', 'Occasions to knock']),
  descriptions: both([
    '什么时候上门、多久一次。原文只说“六敲门”，是哪六种由我们先写好，请改成你们自己的。',
    'When somebody knocks, and how often. The account says “six knocks” only: which six is ours, please make them yours.',
  ]),
  is_closed: false,
  fields: [
    {
      code: 'within_days',
      kind: 'number',
      labels: both(['知道后几天内上门（0 表示不限）', 'First visit within days of knowing (0: no limit)']),
    },
    {
      code: 'every_days',
      kind: 'number',
      labels: both(['之后每隔几天一次（0 表示只一次）', 'Then every so many days (0: once)']),
    },
  ],
  terms: [
    termOf(
      'newly_moved_in',
      ['新搬来的', 'Newly moved in'],
      ['认个门，说说谁管哪里、有什么可以参加。', 'Say hello: who answers for what, and what there is to join.'],
      ours({ within_days: 14, every_days: 0 }),
    ),
    termOf(
      'elder_living_alone',
      ['独居老人', 'Elder living alone'],
      ['看看吃饭、用药、水电气，缺什么。', 'Meals, medicine, water, power and gas: what is missing.'],
      ours({ within_days: 7, every_days: 7 }),
    ),
    termOf(
      'hardship',
      ['生活困难', 'Hardship'],
      ['政策到了没有，还差什么。', 'Whether help has arrived, and what is still missing.'],
      ours({ within_days: 7, every_days: 30 }),
    ),
    termOf(
      'illness_or_disability',
      ['生病或残疾', 'Illness or disability'],
      ['看病、出门、照护要不要搭把手。', 'A hand with the doctor, the stairs or care.'],
      ours({ within_days: 7, every_days: 30 }),
    ),
    termOf(
      'dispute_between_neighbours',
      ['邻里纠纷', 'Dispute between neighbours'],
      ['两边都听，约好时间坐下来谈。', 'Hear both sides, and agree when to sit down together.'],
      ours({ within_days: 3, every_days: 0 }),
    ),
    termOf(
      'joy_or_grief',
      ['红白喜事', 'Joy or grief'],
      ['道一声喜，或者陪一会儿。', 'A word of joy, or company in grief.'],
      ours({ within_days: 3, every_days: 0 }),
    ),
  ],
};
