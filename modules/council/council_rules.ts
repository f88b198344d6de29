import { z } from 'zod';

const share = { numerator: z.number().int().min(1).max(100), denominator: z.number().int().min(1).max(100) };
const fits = (one: { numerator: number; denominator: number }) => one.numerator <= one.denominator;
const codes = z
  .array(z.string().regex(/^[a-z][a-z0-9_]{0,39}$/))
  .min(1)
  .max(20);

export const council_rules = z.object({
  /** Codes of posts: whose holders vote, who chairs, who keeps the council's papers. */
  posts: z.object({ voting: codes, chairing: codes, secretary: codes }),
  /** What share of the members in office without an interest has to be in the room. */
  quorum: z.object({ ...share, more_than: z.boolean() }).refine(fits, { path: ['numerator'] }),
  /** What share of votes in favour carries a motion, and of what: the votes cast, those present, all members. */
  majorities: z
    .record(
      z.string().regex(/^[a-z_]{2,40}$/),
      z.object({ of: z.enum(['cast', 'present', 'members']), ...share, more_than: z.boolean() }).refine(fits, {
        path: ['numerator'],
      }),
    )
    .refine((all) => 'simple' in all && 'two_thirds' in all),
  /** A meeting is called at least so many days before. */
  notice_days: z.number().int().min(0).max(60),
  needs_second: z.boolean(),
});
export type CouncilRules = z.infer<typeof council_rules>;
export type Majority = CouncilRules['majorities'][string];

/** The rules of a council that has written none: they are data, and a council writes its own. */
export const FIRST_RULES: CouncilRules = {
  posts: {
    voting: ['chair', 'vice_chair', 'secretary_general', 'council_member'],
    chairing: ['chair', 'vice_chair'],
    secretary: ['secretary_general'],
  },
  quorum: { numerator: 1, denominator: 2, more_than: true },
  majorities: {
    simple: { of: 'cast', numerator: 1, denominator: 2, more_than: true },
    two_thirds: { of: 'present', numerator: 2, denominator: 3, more_than: false },
  },
  notice_days: 3,
  needs_second: true,
};
