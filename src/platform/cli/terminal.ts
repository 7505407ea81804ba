/** Where text goes: a terminal, a file or a pipe. */
export interface Sink {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  rows?: number | undefined;
}

/** Where a person types, or a program writes. */
export interface Source extends AsyncIterable<unknown> {
  isTTY?: boolean | undefined;
  setRawMode?(on: boolean): unknown;
}

/** All that the command line knows of the machine it runs on. */
export interface Terminal {
  /** What was typed after `elepherd`. */
  words: readonly string[];
  environment: Readonly<Record<string, string | undefined>>;
  isRoot: boolean;
  userHome: string;
  input: Source;
  output: Sink;
  errors: Sink;
  /** Calls `stop` at Ctrl-C instead of ending the program, until the returned function is called. */
  onInterrupt(stop: () => void): () => void;
  /** Runs another program of Elepherd on this machine and answers its exit code. */
  runLocally(
    program: 'sign-in-link' | 'self-backup' | 'self-restore',
    words: readonly string[],
  ): Promise<number>;
}

/** Whether a person sits at both ends, so that a question can be asked. */
export function isInteractive(terminal: Terminal): boolean {
  return terminal.input.isTTY === true && terminal.errors.isTTY === true;
}

/** Whether colour may be sent there: only to a terminal, and never when NO_COLOR says so. */
export function mayColour(sink: Sink, environment: Terminal['environment']): boolean {
  return sink.isTTY === true && !environment['NO_COLOR'] && environment['TERM'] !== 'dumb';
}
