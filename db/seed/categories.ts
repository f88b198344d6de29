/** The categories of the default vocabulary: [code, 中文, English, hours to respond, days to answer, private, needs a place]. */
export const CATEGORIES: [string, string, string, number, number, boolean, boolean][] = [
  ['repairs', '房屋与设施维修', 'Repairs', 4, 3, false, true],
  ['environment', '环境卫生', 'Cleanliness and greenery', 4, 3, false, true],
  ['noise', '噪音', 'Noise', 2, 2, false, true],
  ['parking', '停车与交通', 'Parking and traffic', 4, 5, false, true],
  ['safety', '安全隐患', 'Safety', 1, 1, false, true],
  ['elder_care', '助老服务', 'Care for elders', 4, 3, true, false],
  ['children', '儿童与上学', 'Children and school', 8, 5, false, false],
  ['health', '健康与就医', 'Health', 8, 5, true, false],
  ['hardship', '困难帮扶', 'Hardship', 4, 5, true, false],
  ['dispute', '邻里纠纷', 'Disputes between neighbours', 4, 5, true, false],
  ['culture', '文化与活动', 'Culture and activities', 8, 7, false, false],
  ['governance', '公共事务与建议', 'Public affairs', 8, 10, false, false],
];
