import { pino } from 'pino';

export type Log = {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** Structured logs, one JSON line each, for a program. Values under names that hold secrets are left out. */
export function createLog(program: string, level: string): Log {
  return pino({
    name: program,
    level,
    base: { program, pid: process.pid },
    // An error is said as `err`, of which pino writes what it says and where; under this name it is not lost either.
    serializers: { error: pino.stdSerializers.err },
    redact: {
      paths: [
        'password',
        'token',
        'secret',
        'authorization',
        'cookie',
        '*.password',
        '*.token',
        '*.secret',
        '*.authorization',
        '*.cookie',
      ],
      remove: true,
    },
  });
}
