/** What is talked over at Morning Tea in the demonstration. Invented; neighbours speak the language they speak. */

/** Who speaks: the retired man whom everybody likes to hear, residents, the secretary, a grid worker. */
export type Voice = 'old_hand' | 'secretary' | 'worker' | number;

/** [who, words, the speech it answers (by its place), words quoted from there] */
export type Spoken = readonly [who: Voice, words: string, answers?: number, quote?: string];

export type ToldTopic = {
  zh: string;
  en: string;
  /** The need that it grew from, by the first words of it. */
  need?: string;
  by: Voice;
  text: string;
  speeches: readonly Spoken[];
  minutes?: readonly (readonly [who: Voice, words: string])[];
  summary?: string;
  /** What came of it; a motion or a proposal by words of its title. */
  became?: 'request' | { motion: string } | { proposal: string };
};

/** One a session, the earliest first. */
export const PAST_TOPICS: readonly ToldTopic[] = [
  {
    ...{ zh: '楼道灯坏了找谁', en: 'Whom to tell when the stairwell light fails', need: '三楼楼道的灯', by: 0 },
    text: '灯坏了，物业说报给网格员，网格员说报给物业。能不能一次说清楚，谁家看见、打哪个电话、几天修好？',
    speeches: [
      ['old_hand', '我记了一本账：去年咱们楼坏了七次灯，最快当天，最慢十九天。慢的那次不是没人修，是没人报。'],
      [1, '我以为楼上会报，楼上以为我会报。', 0, '不是没人修，是没人报'],
      ['worker', '看见的人扫单元门上的码就行，不用认得我。派给谁、哪天到，手机上看得见。'],
      [2, '我妈不会扫码。能打电话吗？', 2],
      ['worker', '能。门上那张纸印着号码，接电话的人替您填。', 3],
    ],
    minutes: [
      ['old_hand', '把去年七次坏灯的日子念了一遍，最慢十九天，原因是没人报。'],
      ['worker', '扫码或打电话都行，当天派单。'],
    ],
    summary: '谁看见谁报，扫码或打电话，当天派单。楼组长每月初夜里走一遍，把坏的一次报全。',
  },
  {
    ...{ zh: '广场舞几点收', en: 'When the dancing on the square ends', need: '广场舞音响太大', by: 3 },
    text: '孩子九点睡，舞曲放到九点半。也知道阿姨们白天带孙子，就晚上这一会儿。怎么排对大家都好？',
    speeches: [
      [4, '我就是跳舞的。早收半小时可以，可冬天七点半才吃完饭，能不能早点把灯打开，我们七点就来。'],
      ['old_hand', '两边要的不是一个东西：一边要时间，一边要声音。音响转个方向，对着河，不对着楼，先试三晚。'],
      [3, '试了，关上窗基本听不见了。谢谢阿姨们。', 1, '音响转个方向'],
      [5, '低音还是震。把低音旋钮拧小，比关小音量管用。'],
    ],
    minutes: [
      [4, '愿意早收，请七点开灯。'],
      ['old_hand', '音响朝河，先试三晚，下次来说结果。'],
    ],
    summary: '七点开灯，九点收；音响朝河放，低音拧到一半。舞队自己推一位看表的。',
  },
  {
    ...{ zh: '车棚要不要加雨棚', en: 'A roof for the charging shed', need: '电动车没地方充电', by: 5 },
    text: '充电口有了，下雨天还是有人把电瓶拎上楼，因为棚里淋雨。加个雨棚要多少钱，谁出？',
    speeches: [
      [6, '我送外卖的，一天充两次。说实话，棚里有雨棚，谁愿意拎三十斤上五楼。'],
      ['old_hand', '拎电瓶上楼的不是不怕死，是没地方去。先把地方弄好，再说罚。'],
      [2, '同意先弄地方。再加烟感和灭火器，不然都挤在一起更吓人。', 1, '先把地方弄好'],
      ['secretary', '物业出不了，维修资金不能用在这上面。可以写成提案进创投，大家投。'],
      [5, '那我来写，谁帮我算价钱？', 3],
      [7, '我干过钢结构，周末去量。'],
    ],
    minutes: [
      ['old_hand', '先弄地方，再说罚。'],
      [7, '周末去量尺寸，给个价。'],
    ],
    summary: '写成提案：雨棚、烟感、灭火器一起做，夜里十一点断电。价钱请懂行的邻居估，写进提案里公开。',
    became: { proposal: '充电棚' },
  },
  {
    ...{ zh: '放学到下班这两个小时', en: 'The two hours between school and work', need: '放学后到下班前', by: 8 },
    text: '三点半放学，六点下班。快乐学堂报不上的孩子，这两个多小时在哪儿？',
    speeches: [
      ['old_hand', '学堂三十个位子，报了五十二个。缺的不是地方，活动室下午空着，缺的是坐得住的大人。'],
      [9, '我退休教数学的，周一周三可以。不敢一个人带，再来一位就行。'],
      [1, '我周三可以跟周老师搭。', 1, '再来一位就行'],
      [8, '我们家长轮一个人管点心和接送登记，不让老师操这个心。', 1],
    ],
    minutes: [
      ['old_hand', '缺的是坐得住的大人，不是地方。'],
      [9, '周一周三来，要有人搭班。'],
    ],
    summary: '周一、周三先开一个加班，两位退休老师带，家长轮值。活动室和保险请社区定下来。',
    became: 'request',
  },
  {
    ...{ zh: '消防通道谁来管', en: 'Who keeps the fire lane free', need: '消防通道老停着车', by: 2 },
    text: '划了线、装了桩，还是有人晚上把桩拔了停进去。救护车那回大家都记得。光靠贴条没有用。',
    speeches: [
      [6, '我停过。十一点回来真的没位子了，拔桩是不对，可你得告诉我停哪儿。'],
      [
        'old_hand',
        '说停不下的，我数过：地面一百四十个位，夜里停一百六十三辆，其中十九辆是外面的。先把外面的请出去，再管自家的。',
      ],
      [10, '数得好。门口抬杆认车牌，外面的车夜里不进。', 1, '其中十九辆是外面的'],
      [6, '那我没意见，拔桩的事我先认个错。', 2],
      ['secretary', '抬杆认牌、夜里不进外车，这是全小区的规矩，要理事会议过才算数。'],
    ],
    minutes: [
      ['old_hand', '一百四十个位，夜里一百六十三辆，十九辆是外面的。'],
      ['secretary', '拿到理事会去议。'],
    ],
    summary: '请理事会定规矩：夜里外来车不进，消防通道的桩加锁，邻居可以拍照报。先请再劝再罚。',
    became: { motion: '消防|停车|通道|停放' },
  },
  {
    ...{ zh: '公告栏的字', en: 'The letters on the noticeboard', need: '公告栏的字太小', by: 'old_hand' },
    text: '贴是贴了，老人站在跟前也看不清。字大一点，夜里有个灯，贴的人费事，看的人省事。',
    speeches: [
      [11, '我眼睛花，得让孙子念给我听。孙子念一半跑了。'],
      [3, '我做设计的，给大家做一张模板，字号、行距都定好，往里填就行。'],
      ['old_hand', '模板好。旁边再留一格空的，让邻居自己贴：借梯子的、丢猫的。', 1, '给大家做一张模板'],
      [11, '猫那格放低一点，孩子够得着。', 2],
    ],
    minutes: [[3, '做一张大字模板，下月初交。']],
    summary: '一栋一块大字板，用统一的模板，留一格给邻居。先在三个单元试，再写成提案。',
    became: { proposal: '大字公告栏' },
  },
  {
    ...{
      zh: '清出来的地方放什么',
      en: 'What to do with the space the old bicycles took',
      need: '建议把楼下闲置的自行车',
      by: 4,
    },
    text: '闲置的自行车清走三十一辆，空出来一块。有说放长椅的，有说放晾衣架的，有说还给孩子跑的。',
    speeches: [
      [11, '长椅。我从菜场走回来，中间得歇一次，现在坐马路牙子。'],
      [8, '孩子跑的地方别再少了。长椅靠边放，中间空着。'],
      ['old_hand', '椅子靠边，背靠墙，脸朝孩子。坐着的人顺便看着跑的人，两样都有了。', 1, '长椅靠边放，中间空着'],
    ],
    minutes: [['old_hand', '椅子靠边，脸朝孩子。']],
    summary: '四张长椅靠墙放，中间留空，不放晾衣架。',
  },
  {
    ...{
      zh: '活动室晚上开不开',
      en: 'Keeping the activity room open in the evening',
      need: '活动室周末能不能开到晚上',
      by: 9,
    },
    text: '合唱团只有周末晚上人齐。钥匙在服务台，五点就锁。能不能有一个可靠的办法，谁用谁锁？',
    speeches: [
      [12, '我们书画社也想晚上用。愿意轮着管钥匙。'],
      ['worker', '怕的是两件事：灯没关，声音吵到楼上。说好谁负责就行。'],
      [
        'old_hand',
        '钥匙不要给一个人，给一张表：谁借、几点还、灯关了没有，下一家签字。下一家不签，上一家就没还成。',
        1,
        '灯没关',
      ],
      [9, '这个好，互相管。', 2, '下一家签字'],
    ],
    minutes: [
      ['old_hand', '用一张交接表，下一家签字才算还。'],
      [12, '书画社和合唱团轮着来。'],
    ],
    summary: '周六日开到九点，用交接表借钥匙，下一家签字。吵到楼上一次，停一周。',
  },
  {
    ...{ zh: '装修停工的钟点', en: 'Hours without drilling', need: '楼上装修，中午十二点', by: 10 },
    text: '每次装修都吵一架，吵完是一家的约定，换一家又重来。能不能定成一栋楼的规矩，装修前就知道？',
    speeches: [
      [7, '我是干装修的。十二点到两点停，可以；晚上六点后停，也可以。怕的是今天这个敲门明天那个敲门。'],
      ['old_hand', '那就贴在电梯里：哪一户、从哪天到哪天、几点停、找谁。贴了就不许再敲师傅的门，敲楼组长的门。'],
      [3, '我上夜班，白天睡。贴出来我能躲开，比什么都强。', 1, '从哪天到哪天'],
    ],
    minutes: [['old_hand', '开工前贴在电梯里，有事找楼组长。']],
    summary: '开工前三天贴告示：日期、停工钟点、电话。十二点到两点、下午六点后不动电钻。',
  },
  {
    ...{ zh: '上下楼歇一歇', en: 'A place to rest on the stairs', by: 11 },
    text: '没电梯，五楼。上去歇两次，站着歇，提着菜。楼道里放把凳子，说占消防通道；不放，腿受不了。',
    speeches: [
      ['old_hand', '问过消防的人：折起来贴墙、不占一米二的宽度，就行。凳子不是不能放，是不能挡。'],
      [11, '那我就要这个。先在二楼和四楼各一个。', 0, '折起来贴墙'],
      [1, '顺便把靠墙那边的扶手接上，现在到二楼就断了。'],
      ['worker', '敲门的时候问过，三十多户有同样的话。可以一起做。'],
    ],
    minutes: [
      ['old_hand', '折叠凳贴墙装，不占一米二。'],
      ['worker', '敲门记下三十多户要扶手的。'],
    ],
    summary: '扶手接到顶，二、四层装折叠凳，写成提案请大家投。',
    became: { proposal: '扶手' },
  },
  {
    ...{ zh: '旧家具往哪儿扔', en: 'Where old furniture goes', need: '垃圾桶边上堆满了旧家具', by: 6 },
    text: '搬家的多，沙发床垫往桶边一放，一放就是几天。预约清运的电话贴了，很多人不知道要预约。',
    speeches: [
      [12, '我扔过一张床垫，打了电话，说要等三天。三天放哪儿？只能放桶边。'],
      ['old_hand', '缺的是放三天的地方。车棚后头有块空地，围起来，写上日子，到日子一起拉。', 0, '三天放哪儿'],
      [5, '有人收旧家具的，能用的先让邻居挑，挑剩的再拉。'],
    ],
    minutes: [['old_hand', '车棚后头围一块，写上日子。']],
    summary: '请物业围一块大件暂放点，每周二、五拉走；能用的先放两天给邻居挑。',
    became: 'request',
  },
  {
    ...{ zh: '顶楼漏水，钱从哪儿出', en: 'Who pays for the leaking roof', need: '顶楼漏水', by: 1 },
    text: '顶楼两家漏，楼下不漏的说跟自己没关系。维修资金要三分之二签字，签了一年没签齐。',
    speeches: [
      [2, '我三楼，签了。屋顶是大家的，今天漏五楼，明天就是墙里的水往下走。'],
      [10, '不是不愿意签，是没看见账。多少钱、几家报价、怎么验收，写清楚我就签。'],
      [
        'old_hand',
        '签不齐不是人心不齐，是话没说齐。三家报价贴出来，请不漏的人去监工，签字的事我去敲门。',
        1,
        '没看见账',
      ],
      [1, '我家泡过的照片也一起贴上，让大家看看。', 2],
      [10, '贴出来了，三家报价差一万二，看明白了，我签。', 2],
    ],
    minutes: [
      ['old_hand', '三家报价贴出来，请不漏的人监工。'],
      [10, '看见账就签。'],
    ],
    summary: '报价、照片、验收办法贴在单元门口两周，不漏水的两户监工；老邻居陪楼组长逐户签字。',
  },
];

/** For next Saturday, and free of any session. */
export const OPEN_TOPICS: readonly ToldTopic[] = [
  {
    ...{ zh: '收支每个月贴出来', en: 'Accounts on the wall every month', need: '希望收支明细每个月', by: 'old_hand' },
    text: '钱是大家捐的、公家拨的，花在哪儿，每月五号贴出来。贴多细、贴谁的名字、看不懂问谁，周六坐下来说。',
    speeches: [
      [12, '贴到每一笔。总数谁都会写，一笔一笔的才看得出来。'],
      [8, '受帮助的人家别写名字，写几户就行。孩子在学校会被人说。'],
      ['old_hand', '一笔一笔贴，人家的名字不贴，两句都对。再留一个钟头，看不懂的来问会计。', 1, '别写名字'],
      [0, '退的、改的也要贴，不能悄悄改。'],
    ],
  },
  {
    ...{ zh: '放学时的校门口', en: 'The school gate at home time', need: '学校门口放学的时候', by: 8 },
    text: '放学那二十分钟，汽车、电动车、老人孩子全挤在一起。有说错开放学的，有说划一条步行道的，也有说家长都别开车的。',
    speeches: [
      [6, '送餐的那会儿绕着走，行，给我们指条路就行。'],
      [9, '错开十分钟，学校说可以商量：一二年级先走。'],
      ['old_hand', '我在门口站了五天，数了：开车接的三成，走路接的六成。路却是照那三成修的。', 1],
      [3, '志愿者站岗我报名，周二周四。', 2, '开车接的三成'],
    ],
  },
  {
    ...{ zh: 'An English table at the reading club', en: 'An English table at the reading club', by: 13 },
    need: 'Is there a reading group',
    text: 'The reading club kindly keeps one table in English. Could we also swap books, and does anybody want to read with children?',
    speeches: [
      [9, '孩子们想练口语，家长可以在旁边坐着。周六十点行吗？'],
      [13, 'Ten is perfect. I will bring picture books.', 0, '周六十点行吗'],
    ],
  },
];

/** Said in anger, and hidden with its reason. */
export const HIDDEN_SPEECH = {
  topic: '消防通道谁来管',
  by: 7 as Voice,
  words: '就是三号楼姓赵的那家，天天堵，没素质，大家都去他家门口堵他。',
  reason: '点了一家人的名，还叫人去堵门。事可以说，人不要骂；可以重新说一遍。',
} as const;

/** Short statements on the topic for next Saturday, and how three kinds of neighbours lean: more than half agree above 0.5. */
export const STATEMENTS: readonly (readonly [text: string, by: Voice, leaning: readonly [number, number, number]])[] = [
  ['每一笔都要贴，只贴总数等于没贴。', 12, [0.95, 0.85, 0.92]],
  ['受帮助的人家只写户数，不写名字。', 8, [0.9, 0.95, 0.92]],
  ['捐款的人想写名字就写，不想写就不写。', 'old_hand', [0.92, 0.88, 0.85]],
  ['一千元以下的开支合成一行就行。', 5, [0.05, 0.94, 0.06]],
  ['每张发票都该能在网上看到。', 3, [0.96, 0.06, 0.94]],
  ['贴在单元门里就够了，不用上网。', 11, [0.04, 0.95, 0.03]],
  ['网上有就够了，纸太浪费。', 2, [0.06, 0.03, 0.96]],
  ['看不懂的人，每月有一个钟头能当面问会计。', 'old_hand', [0.9, 0.95, 0.85]],
  ['改过的账要写明改了什么、为什么。', 0, [0.97, 0.85, 0.9]],
  ['该请两位不沾钱的邻居每季度查一次。', 9, [0.95, 0.9, 0.05]],
  ['账给大家看，也给手机上推一条提醒。', 6, [0.1, 0.04, 0.96]],
  ['买了什么要配照片。', 7, [0.93, 0.9, 0.06]],
];
