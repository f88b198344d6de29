import type { TermKind } from '../term.ts';
import { both, termOf } from './term_of.ts';

type Data = {
  within_days: number;
  every_days: number;
  care_kinds?: string[];
  categories?: string[];
  bring_chinese: string[];
  bring_english: string[];
  ask_chinese: string[];
  ask_english: string[];
};
const ours = ({ care_kinds = [], categories = [], ...data }: Data) => ({
  is_ours: true,
  data: { ...data, care_kinds, categories },
});
const list = (code: string, labels: [chinese: string, english: string]) => ({
  code,
  kind: 'list' as const,
  labels: both(labels),
});

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
    list('care_kinds', ['哪些照护情况要上门（代码）', 'Circumstances that make a door due (codes)']),
    list('categories', ['反映哪类事后要上门（代码）', 'Categories after which to knock (codes)']),
    list('bring_chinese', ['带上什么（中文）', 'What to bring (Chinese)']),
    list('bring_english', ['带上什么（英文）', 'What to bring (English)']),
    list('ask_chinese', ['问一问（中文）', 'What to ask (Chinese)']),
    list('ask_english', ['问一问（英文）', 'What to ask (English)']),
  ],
  terms: [
    termOf(
      'newly_moved_in',
      ['新搬来的', 'Newly moved in'],
      ['认个门，说说谁管哪里、有什么可以参加。', 'Say hello: who answers for what, and what there is to join.'],
      ours({
        within_days: 14,
        every_days: 0,
        bring_chinese: ['家书', '便民电话卡', '网格员名片'],
        bring_english: ['Home letter', 'Card of useful numbers', 'Your own card'],
        ask_chinese: ['家里几口人，有没有老人孩子', '上学、看病、办证有没有卡住的', '愿意参加点什么'],
        ask_english: [
          'Who lives here; elders or children',
          'School, doctor or papers: anything stuck',
          'What they would like to join',
        ],
      }),
    ),
    termOf(
      'elder_living_alone',
      ['独居老人', 'Elder living alone'],
      ['看看吃饭、用药、水电气，缺什么。', 'Meals, medicine, water, power and gas: what is missing.'],
      ours({
        within_days: 7,
        every_days: 7,
        care_kinds: ['lives_alone'],
        bring_chinese: ['大字电话卡', '老花镜'],
        bring_english: ['Large-type phone card', 'Reading glasses'],
        ask_chinese: ['这几天吃得怎么样', '药够不够，按时吃了没有', '水电气、门锁好用吗', '最近和孩子通过电话吗'],
        ask_english: [
          'Meals these days',
          'Medicine: enough, and taken',
          'Water, power, gas and the lock',
          'Last call with the children',
        ],
      }),
    ),
    termOf(
      'hardship',
      ['生活困难', 'Hardship'],
      ['政策到了没有，还差什么。', 'Whether help has arrived, and what is still missing.'],
      ours({
        within_days: 7,
        every_days: 30,
        care_kinds: ['hardship', 'child_with_relatives'],
        bring_chinese: ['救助政策单', '申请表'],
        bring_english: ['Sheet of benefits', 'Application form'],
        ask_chinese: ['补助到账了没有', '还差什么', '家里有人想找活干吗'],
        ask_english: ['Whether help has arrived', 'What is still missing', 'Anybody looking for work'],
      }),
    ),
    termOf(
      'illness_or_disability',
      ['生病或残疾', 'Illness or disability'],
      ['看病、出门、照护要不要搭把手。', 'A hand with the doctor, the stairs or care.'],
      ours({
        within_days: 7,
        every_days: 30,
        care_kinds: ['illness', 'disability'],
        bring_chinese: ['家庭医生联系卡'],
        bring_english: ['Card of the family doctor'],
        ask_chinese: ['看病、取药要不要人陪', '上下楼方便吗', '照护的人歇得过来吗'],
        ask_english: [
          'Company to the doctor or pharmacy',
          'Getting up and down the stairs',
          'Whether the carer gets rest',
        ],
      }),
    ),
    termOf(
      'dispute_between_neighbours',
      ['邻里纠纷', 'Dispute between neighbours'],
      ['两边都听，约好时间坐下来谈。', 'Hear both sides, and agree when to sit down together.'],
      ours({
        within_days: 3,
        every_days: 0,
        categories: ['dispute', 'noise'],
        bring_chinese: ['调解室时间表'],
        bring_english: ['Hours of the mediation room'],
        ask_chinese: ['事情从哪天起', '自己希望怎么了结', '哪天方便一起坐下来谈'],
        ask_english: ['Since when', 'How they would like it settled', 'When they could sit down together'],
      }),
    ),
    termOf(
      'joy_or_grief',
      ['红白喜事', 'Joy or grief'],
      ['道一声喜，或者陪一会儿。', 'A word of joy, or company in grief.'],
      ours({
        within_days: 3,
        every_days: 0,
        care_kinds: ['newborn', 'bereaved'],
        bring_chinese: ['一张手写的卡片'],
        bring_english: ['A card written by hand'],
        ask_chinese: ['要不要搭把手', '有没有要办的手续'],
        ask_english: ['Whether a hand is wanted', 'Papers that have to be done'],
      }),
    ),
  ],
};
