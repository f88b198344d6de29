/**
 * The contract of one subcommand of `bin/yingmen`. Files in `bin/commands/` export one each as `command`.
 * `run` returns the JSON answer (printed as JSON with --json, else by `print`).
 * Throw `UsageError` for bad usage (exit 2); throw any error with a string `code` (and optional `where`) for a refusal (exit 1).
 */
export type CommandLine = {
  name: string;
  summary: string;
  usage: string;
  /** `args` are the words after the name without --json and --help; `progress` writes to standard error. */
  run(input: { args: string[]; json: boolean; progress: (text: string) => void }): Promise<unknown>;
  /** Human text of the answer; without it the JSON is printed indented. */
  print?(answer: unknown): string;
};

/** Bad usage of the command line: exit status 2. */
export class UsageError extends Error {}
