import type { Ctx } from '#platform/context.ts';

/** What verification found: the code of what is wrong, and which row of which table. */
export type LogFinding = { code: string; table: string; id: string };

/**
 * Compares a module's rows with the facts that the log holds about them, so that a row changed behind the application's
 * back is named. Given by later modules to `verifyLog`.
 */
export type Witness = (ctx: Ctx) => Promise<LogFinding[]>;
