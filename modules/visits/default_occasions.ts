import type { Occasion } from './occasion.ts';

/**
 * The six occasions. The account of the place says “six knocks” only: which six, and how often, is ours, and an
 * administrator makes them theirs.
 */
export const DEFAULT_OCCASIONS: readonly Occasion[] = [
  {
    code: 'newly_moved_in',
    names: { 'zh-CN': '新搬来的', en: 'Newly moved in' },
    within_days: 14,
    every_days: 0,
    care_kinds: [],
    categories: [],
    bring: {
      'zh-CN': ['家书', '便民电话卡', '网格员名片'],
      en: ['Home letter', 'Card of useful numbers', 'Your own card'],
    },
    ask: {
      'zh-CN': ['家里几口人，有没有老人孩子', '上学、看病、办证有没有卡住的', '愿意参加点什么'],
      en: [
        'Who lives here; elders or children',
        'School, doctor or papers: anything stuck',
        'What they would like to join',
      ],
    },
  },
  {
    code: 'elder_living_alone',
    names: { 'zh-CN': '独居老人', en: 'Elder living alone' },
    within_days: 7,
    every_days: 7,
    care_kinds: ['lives_alone'],
    categories: [],
    bring: { 'zh-CN': ['大字电话卡', '老花镜'], en: ['Large-type phone card', 'Reading glasses'] },
    ask: {
      'zh-CN': ['这几天吃得怎么样', '药够不够，按时吃了没有', '水电气、门锁好用吗', '最近和孩子通过电话吗'],
      en: [
        'Meals these days',
        'Medicine: enough, and taken',
        'Water, power, gas and the lock',
        'Last call with the children',
      ],
    },
  },
  {
    code: 'hardship',
    names: { 'zh-CN': '生活困难', en: 'Hardship' },
    within_days: 7,
    every_days: 30,
    care_kinds: ['hardship', 'child_with_relatives'],
    categories: [],
    bring: { 'zh-CN': ['救助政策单', '申请表'], en: ['Sheet of benefits', 'Application form'] },
    ask: {
      'zh-CN': ['补助到账了没有', '还差什么', '家里有人想找活干吗'],
      en: ['Whether help has arrived', 'What is still missing', 'Anybody looking for work'],
    },
  },
  {
    code: 'illness_or_disability',
    names: { 'zh-CN': '生病或残疾', en: 'Illness or disability' },
    within_days: 7,
    every_days: 30,
    care_kinds: ['illness', 'disability'],
    categories: [],
    bring: { 'zh-CN': ['家庭医生联系卡'], en: ['Card of the family doctor'] },
    ask: {
      'zh-CN': ['看病、取药要不要人陪', '上下楼方便吗', '照护的人歇得过来吗'],
      en: ['Company to the doctor or pharmacy', 'Getting up and down the stairs', 'Whether the carer gets rest'],
    },
  },
  {
    code: 'dispute_between_neighbours',
    names: { 'zh-CN': '邻里纠纷', en: 'Dispute between neighbours' },
    within_days: 3,
    every_days: 0,
    care_kinds: [],
    categories: ['dispute', 'noise'],
    bring: { 'zh-CN': ['调解室时间表'], en: ['Hours of the mediation room'] },
    ask: {
      'zh-CN': ['事情从哪天起', '自己希望怎么了结', '哪天方便一起坐下来谈'],
      en: ['Since when', 'How they would like it settled', 'When they could sit down together'],
    },
  },
  {
    code: 'joy_or_grief',
    names: { 'zh-CN': '红白喜事', en: 'Joy or grief' },
    within_days: 3,
    every_days: 0,
    care_kinds: ['newborn', 'bereaved'],
    categories: [],
    bring: { 'zh-CN': ['一张手写的卡片'], en: ['A card written by hand'] },
    ask: {
      'zh-CN': ['要不要搭把手', '有没有要办的手续'],
      en: ['Whether a hand is wanted', 'Papers that have to be done'],
    },
  },
];
