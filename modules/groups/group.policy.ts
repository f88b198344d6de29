import type { Policy } from '#platform/policy.ts';

export type GroupAction = 'read' | 'write' | 'read_handlers';

/** Who may do what with organisations. They are public bodies: everybody may see which there are. */
export const groupPolicy: Policy<GroupAction> = {
  read: ['anybody'],
  write: ['administrator', 'system'],
  read_handlers: ['staff', 'system'],
};
