import type pg from 'pg';
import { idFrom } from '#platform/ids.ts';
import { insertRows } from './bulk.ts';
import { CATEGORIES } from './categories.ts';
import type { Ground } from './ground.ts';
import type { Residents } from './residents.ts';

/** Categories and the rules that say who answers for what. */
export async function writeCategories(
  client: pg.ClientBase,
  ground: Ground,
  residents: Residents,
  began: Date,
): Promise<Map<string, string>> {
  const { community_id } = ground;
  const ids = new Map(CATEGORIES.map(([code]) => [code, idFrom(community_id, 'category', code)]));
  await insertRows(
    client,
    'categories',
    CATEGORIES.map(([code, zh, en, response_hours, target_days, is_private, needs_place], i) => ({
      community_id,
      id: ids.get(code),
      code,
      names: { 'zh-CN': zh, en },
      descriptions: {},
      form: code === 'repairs' ? REPAIRS_FORM : [],
      response_hours,
      target_days,
      is_private,
      needs_place,
      position: i + 1,
    })),
  );
  const unit = (kind: string, i: number) => residents.organisations.filter((one) => one.kind === kind)[i]?.id;
  const rules: [string | null, string, string | undefined, string][] = [
    ['repairs', 'organisation', unit('property_company', 0), '公共设施由物业维修'],
    ['environment', 'organisation', unit('department', 0), '环境卫生归城市管理科'],
    ['parking', 'organisation', unit('department', 0), '停车秩序归城市管理科'],
    ['safety', 'organisation', unit('department', 2), '安全隐患由综治办当天处理'],
    ['hardship', 'organisation', unit('department', 1), '困难帮扶归民政办'],
    ['culture', 'organisation', unit('department', 3), '文体活动归文体站'],
    [null, 'grid_worker', undefined, '网格里的事，网格员先应'],
  ];
  await insertRows(
    client,
    'routing_rules',
    rules.map(([code, owner_kind, owner_id, reason], i) => ({
      community_id,
      id: idFrom(community_id, 'rule', String(i + 1)),
      number: i + 1,
      position: (i + 1) * 10,
      category_id: code ? ids.get(code) : null,
      owner_kind,
      owner_id: owner_id ?? null,
      reason,
      started_at: began,
      changed_by_id: residents.staff[0]!.id,
    })),
  );
  return ids;
}

const REPAIRS_FORM = [
  {
    code: 'where',
    kind: 'choice',
    labels: { 'zh-CN': '坏在哪里', en: 'Where is it broken' },
    required: false,
    choices: [
      ['stairs', '楼道', 'Stairs'],
      ['lift', '电梯', 'Lift'],
      ['pipe', '水管', 'Pipe'],
      ['roof', '屋顶', 'Roof'],
      ['light', '路灯', 'Street light'],
      ['door', '单元门', 'Entrance door'],
    ].map(([code, zh, en]) => ({ code, labels: { 'zh-CN': zh, en } })),
  },
];
