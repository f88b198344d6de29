import { z } from 'zod';

/** Pieces of input that several commands share. */
export const id = z.uuid();
export const longText = z.string().trim().min(1).max(4000);
export const reason = z.string().trim().min(1).max(1000);
export const note = z.string().trim().max(4000).optional();
export const fileHashes = z
  .array(z.string().regex(/^[0-9a-f]{64}$/))
  .max(6)
  .default([]);
export const requestKey = {
  id,
  /** The version the sender saw; a newer one refuses the edit as stale. */
  expected_version: z.number().int().positive().optional(),
};
export const openKey = { ...requestKey, follow_code: z.string().max(20).optional() };
export const place = z
  .object({
    latitude: z.number().min(-90).max(90).optional(),
    longitude: z.number().min(-180).max(180).optional(),
    building_id: id.optional(),
    household_id: id.optional(),
    address_text: z.string().trim().max(300).optional(),
  })
  .refine((where) => (where.latitude === undefined) === (where.longitude === undefined), {
    params: { refusal: 'coordinates_incomplete' },
  });
export const names = z.object({ 'zh-CN': z.string().trim().min(1).max(100), en: z.string().trim().min(1).max(100) });
