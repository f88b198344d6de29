/** What the council talks over and resolves in the demonstration. Invented; motions stand in the language they were moved in. */

type Both = { 'zh-CN': string; en: string };
const both = (zh: string, en: string): Both => ({ 'zh-CN': zh, en });

export type ToldMotion = {
  title: string;
  text: string;
  /** The need that it grew from, by its first words. */
  need?: string;
  amendment?: { title: string; text: string };
  majority?: 'two_thirds';
  ballot?: 'secret';
  /** Of a hundred members so many vote for it, and so many against. */
  yes: number;
  no: number;
  /** Somebody has an interest in it, and says so. */
  interest?: string;
  /** The chair rules it out instead. */
  ruled_out?: Both;
  resolution?: {
    titles: Both;
    texts: Both;
    owner: 'property_company' | 'secretary_general';
    category: string;
    /** Days from the meeting, or from today, until it is due. */
    due: { after_meeting: number } | { from_today: number };
    /** What its owner says, and how many days after the meeting. */
    done?: [words: string, days: number];
    /** The proposal that it became, by words of its title. */
    proposal?: string;
  };
};

export type ToldMeeting = {
  titles: Both;
  items: { titles: Both; paper?: [title: string, text: string]; motions: ToldMotion[]; minutes: Partial<Both>[] }[];
};

/** The earliest first. */
export const PAST_MEETINGS: readonly ToldMeeting[] = [
  {
    titles: both('理事会例会 · 停车和消防通道', 'Council meeting: parking and the fire lane'),
    items: [
      {
        titles: both('夜里停车和消防通道', 'Parking at night and the fire lane'),
        paper: [
          '夜里停车数了五天',
          '地面车位一百四十个。连数五晚，停车一百五十八到一百六十三辆，其中外来车十七到十九辆。\n消防通道上的桩，五晚里有三晚被拔开。',
        ],
        motions: [
          {
            ...{ title: '夜里外来车不进，消防通道的桩加锁', need: '消防通道老停着车', yes: 84, no: 8 },
            text: '门口抬杆认车牌，晚上十点到早上六点外来车不进。消防通道的桩换带锁的，钥匙放门岗。停进通道的，第一次就拖走。',
            amendment: {
              title: '先请，再劝，再拖',
              text: '门口抬杆认车牌，晚上十点到早上六点外来车不进。消防通道的桩换带锁的，钥匙放门岗。停进通道的，第一次请、第二次劝、第三次拖走；探亲的车提前报门岗，当晚能进。',
            },
            resolution: {
              titles: both(
                '夜里外来车不进，消防通道的桩加锁',
                'No outside cars at night; locked posts in the fire lane',
              ),
              texts: both(
                '抬杆认车牌，晚上十点到早上六点外来车不进；探亲的提前报门岗。消防通道的桩换带锁的。停进通道的先请、再劝、再拖走。',
                'The gate reads number plates; from ten in the evening to six no outside cars, except visits told to the gate. Posts of the fire lane get locks. Who parks there is asked, then warned, then towed.',
              ),
              ...{ owner: 'property_company', category: 'parking', due: { after_meeting: 30 } },
              done: ['抬杆装好了，认牌试了一周；消防通道六根桩都换了带锁的，钥匙在门岗，登记领用。', 24],
            },
          },
          {
            ...{ title: '每辆车每月收二十元看管费', yes: 30, no: 55 },
            text: '每辆登记的车每月收二十元，用来请夜里的看管员。',
          },
        ],
        minutes: [
          both(
            '老秘书长把五天数的数念了一遍：一百四十个位，夜里最多一百六十三辆，十九辆是外面的。先把外面的请出去，再管自家的。',
            'The secretary-general read five nights of counting out: 140 places, at most 163 cars, 19 of them from outside. First those from outside, then our own.',
          ),
          both(
            '有理事说第一次就拖太急，探亲的怎么办，提了修正案。',
            'A member found towing at once too hasty, with visits in mind, and moved an amendment.',
          ),
          both(
            '收看管费的事，多数人说先看抬杆管不管用，没有通过。',
            'On a fee, most wanted to see first whether the gate helps; it was lost.',
          ),
        ],
      },
    ],
  },
  {
    titles: both('理事会例会 · 邻里项目', 'Council meeting: neighbourhood projects'),
    items: [
      {
        titles: both('办一轮邻里项目创投', 'Holding a round of neighbourhood projects'),
        motions: [
          {
            ...{ title: '办一轮邻里项目，钱怎么花大家投', majority: 'two_thirds', yes: 92, no: 3 },
            text: '今年办一轮邻里项目创投。居民和组织都能提，理事会按公开的标准评审，核实过住处的居民一人一票，按等额份额法分配，规则投票前定下、公开。',
            resolution: {
              titles: both('办一轮邻里项目创投', 'Hold a round of neighbourhood projects'),
              texts: both(
                '居民和组织都能提，理事会评审，核实过住处的居民一人一票，按等额份额法分配；规则投票前定下并公开。',
                'Residents and organisations propose, the council vets, every verified resident has one vote, money goes by equal shares; the rules are frozen and published before voting.',
              ),
              ...{ owner: 'secretary_general', category: 'governance', due: { after_meeting: 14 } },
              done: ['规则写好公开了，提案从下周一开始收，海报贴到了每个单元门口。', 6],
            },
          },
          {
            ...{ title: '把楼道扶手写成项目报进去', yes: 88, no: 4 },
            text: '敲门时三十多位老人说上下楼要歇两次。请秘书长和楼组长把楼道扶手、歇脚凳写成一个项目，报进这一轮，请大家投。',
            interest: '我爱人的厂做扶手，可能来报价。',
            resolution: {
              titles: both('楼道扶手和歇脚凳报进创投', 'Put handrails and resting seats forward'),
              texts: both(
                '请秘书长和楼组长写成一个项目，报进这一轮邻里项目，价钱找三家比过。',
                'The secretary-general and the building leaders write it as one project of this round, with three prices compared.',
              ),
              ...{ owner: 'secretary_general', category: 'repairs', due: { after_meeting: 28 } },
              ...{ done: ['写好报进去了，三家报价附在后面；楼组长愿意收钥匙、报修。', 20], proposal: '扶手' },
            },
          },
        ],
        minutes: [
          both(
            '有人问为什么不按票数排。答：一半人每人都拿十票，另一半人一分钱的项目也选不上；等额份额法让每个人都花得到自己那一份。',
            'Somebody asked why not simply by most votes. Answer: then half of the people could win everything; with equal shares everybody spends a part of their own.',
          ),
          both(
            '一位理事说明了利害关系，没有参加扶手这一项的表决。',
            'A member declared an interest and took no part in the vote on handrails.',
          ),
        ],
      },
      {
        titles: both('推选监督小组的牵头人', 'Choosing who leads the supervisors'),
        motions: [
          {
            ...{ title: '请第二位监事牵头监督小组', ballot: 'secret', yes: 74, no: 16 },
            text: '监督小组看账、看规则有没有守住，请第二位监事牵头，任期一年。',
          },
        ],
        minutes: [
          both(
            '无记名投票，当场计票，选票的指纹公开。',
            'A secret vote, counted at once; the fingerprints of the ballots are public.',
          ),
        ],
      },
    ],
  },
  {
    titles: both('理事会例会 · 旧家具和公开账', 'Council meeting: old furniture and open accounts'),
    items: [
      {
        titles: both('旧家具往哪儿放', 'Where old furniture goes'),
        motions: [
          {
            ...{ title: '车棚后头围一块大件暂放点', need: '垃圾桶边上堆满了旧家具', yes: 80, no: 10 },
            text: '请物业在车棚后头围一块大件暂放点，写上日子，每周二、五拉走；能用的先放两天给邻居挑。',
            resolution: {
              titles: both('围一块大件暂放点', 'A fenced place for large items'),
              texts: both(
                '车棚后头围一块，写上日子，每周二、五拉走；能用的先放两天给邻居挑。',
                'A fenced place behind the shed with dates on it, emptied on Tuesdays and Fridays; what is still good waits two days for neighbours to choose.',
              ),
              ...{ owner: 'property_company', category: 'environment', due: { from_today: 16 } },
            },
          },
        ],
        minutes: [
          both(
            '早茶会上说的是缺一个放三天的地方，不是缺罚款。',
            'At Morning Tea people said that a place for three days is missing, not a fine.',
          ),
        ],
      },
      {
        titles: both('收支每个月贴出来', 'Accounts on the wall every month'),
        motions: [
          {
            ...{ title: '收支一笔一笔贴，人家的名字不贴', need: '希望收支明细每个月', yes: 86, no: 6 },
            text: '捐来的、拨来的钱，每月五号一笔一笔贴出来，受帮助的人家不写名字；退的、改的也要贴。',
            resolution: {
              titles: both('收支每月公开', 'Accounts in the open every month'),
              texts: both(
                '每月五号一笔一笔公开，受帮助的人家不写名字；退的、改的也写。第一次请秘书长和会计一起做。',
                'On the fifth of each month every single entry, without the names of families who were helped; returns and corrections too. The secretary-general and the treasurer do the first together.',
              ),
              ...{ owner: 'secretary_general', category: 'governance', due: { from_today: -5 } },
            },
          },
          {
            ...{ title: '活动室的钥匙换密码锁', yes: 0, no: 0 },
            text: '活动室换密码锁，密码每月换一次。',
            ruled_out: both(
              '钥匙的事不在这次议程里，先到早茶会上说，下次再提。',
              'The key is not on this agenda: talk it over at Morning Tea first, then move it next time.',
            ),
          },
        ],
        minutes: [{ 'zh-CN': '会计说一笔一笔贴得出来，第一个月要两天。' }],
      },
    ],
  },
];

export const COMING_MEETING: ToldMeeting = {
  titles: both('理事会例会 · 充电棚和明年的安排', 'Council meeting: the charging shed and next year'),
  items: [
    {
      titles: both('听决议办到哪一步', 'Hearing how resolutions go'),
      motions: [],
      minutes: [],
    },
    {
      titles: both('充电棚夜里几点断电', 'When the charging shed switches off'),
      paper: [
        '三家小区怎么断电',
        '甲小区十一点断，早上五点开；乙小区整夜通电，有人值守；丙小区充满自动断。\n断电的两家，拉线上楼的少了；整夜通电的一家，夜里冒过一次烟。',
      ],
      motions: [
        {
          ...{ title: '夜里十一点断电，早上五点开', need: '电动车没地方充电', yes: 0, no: 0 },
          text: '充电棚夜里十一点断电，早上五点开；上夜班的登记一下，给两个口不断，装烟感。',
        },
      ],
      minutes: [],
    },
    {
      titles: both('明年早茶会怎么排', 'Morning Tea next year'),
      motions: [],
      minutes: [],
    },
  ],
};
