/** Throws an error with a code and, when it is known, the place in what was read. */
export function refuse(code: string, message: string, where?: Record<string, unknown>): never {
  throw Object.assign(new Error(message), { code }, where ? { where } : {});
}
