import pino from 'pino';

/** The process's log: one JSON object a line on standard error. Personal fields never go in; ids do. */
export const log = pino(
  {
    level: process.env.LOG_LEVEL ?? 'info',
    base: undefined,
    redact: ['req.headers.cookie', 'req.headers.authorization', '*.password', '*.code', '*.phone'],
  },
  pino.destination(2),
);
