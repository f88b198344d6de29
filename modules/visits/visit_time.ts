import { dateIn } from '#platform/clock.ts';
import type { Ctx } from '#platform/context.ts';
import { knockBefore } from './visit.store.ts';
import { knockedAt } from './visit.ts';

type Device = { id: string; order: number; at: Date; offset_seconds: number };

/** When a knock was, and what the phone said about it; a visit recorded online is now. */
export async function timeOf(ctx: Ctx, device: Device | undefined) {
  const { at, is_skewed } = device
    ? knockedAt(device, ctx.now, await knockBefore(ctx, device.id, device.order))
    : { at: ctx.now, is_skewed: false };
  return {
    knocked_at: at,
    knocked_on: dateIn(ctx.community.time_zone, at),
    clock_is_skewed: is_skewed,
    device_id: device?.id ?? null,
    device_order: device?.order ?? null,
    device_at: device?.at ?? null,
    device_offset_seconds: device?.offset_seconds ?? null,
  };
}
