/** What workers noted at doors, by occasion. Invented. */
export const NOTES: Record<string, string[]> = {
  elder_living_alone: [
    '精神不错，女儿周末要来。煤气阀门关好了。',
    '降压药只够三天，周四陪着去开。',
    '灯泡坏了一个，顺手换了。',
    'Speaks slowly but cheerful; the phone card is on the fridge.',
  ],
  illness_or_disability: ['换药的护士每周二来，爱人累得够呛，想歇半天。', '轮椅刹车松了，记下来找人修。'],
  hardship: ['临时救助到账了，孩子的校服钱还差一点。', '想找早上能送孩子的活。'],
  joy_or_grief: [
    '添了个姑娘，送了卡片。预防接种本已经办好。',
    '家里刚办完丧事，陪着坐了一会儿，户口的手续下周一起去。',
  ],
};

/** What was raised at a door: category, the words, what was done or promised. */
export const AT_DOORS: [category: string, told: string, done: string][] = [
  ['repairs', '楼道四楼的窗户关不上，晚上灌风。', '卡住的合页拨正了，能关上。'],
  ['elder_care', '下楼买菜拎不动，能不能有人每周帮一趟？', '联系了楼里的志愿者，周三上午来。'],
  ['environment', '垃圾桶盖子坏了，苍蝇多。', '换了盖子，请保洁多冲一遍。'],
  ['parking', '轮椅出单元门，车老挡着坡道。', '挪了车，地上画了线。'],
  ['children', '刚搬来，不知道孩子在哪儿打预防针。', '写了接种点的地址和时间。'],
  ['governance', '单元门口放个长凳吧，老人等车能坐。', '带到楼组会上说。'],
  ['health', '出院以后换药，去医院太远。', '和家庭医生约了上门的时间。'],
  ['repairs', 'The bell of our stair does not ring inside.', 'The battery was changed; it rings.'],
];
