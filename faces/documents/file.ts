import { inThread } from './in_thread.ts';

export type FileSection = { heading: string; lines: string[] };

/** My file on paper: headings and lines on A4, drawn in a thread of its own. */
export const drawFile = (title: string, sections: FileSection[]): Promise<Buffer> =>
  inThread('file_thread', { title, sections });
