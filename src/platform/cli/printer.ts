import type { z } from 'zod';
import { cliText } from '../contract/cli.text.ts';
import type { Locale, Text } from '../contract/i18n.ts';
import type { Answer } from './api.ts';
import { harmless } from './display-width.ts';
import { type Style, styleFor, type Tone } from './style.ts';
import { type Column, factLines, tableLines } from './table.ts';
import { mayColour, type Terminal } from './terminal.ts';

export interface PrinterOptions {
  json: boolean;
  quiet: boolean;
  locale: Locale;
}

/** How an answer is shown to people, and what a script needs of it. */
export interface Views<T> {
  /** One name or id a line. */
  quiet(value: T): readonly string[];
  people(value: T): void;
}

/** Writes results to standard output and everything else to standard error. */
export class Printer {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly locale: Locale;
  /** Paints what goes to standard error. */
  readonly paintErrors: Style;
  private readonly paint: Style;
  private readonly terminal: Terminal;

  constructor(terminal: Terminal, options: PrinterOptions) {
    this.terminal = terminal;
    this.json = options.json;
    this.quiet = options.quiet;
    this.locale = options.locale;
    this.paint = styleFor(mayColour(terminal.output, terminal.environment));
    this.paintErrors = styleFor(mayColour(terminal.errors, terminal.environment));
  }

  /** The words in the person's language. */
  readonly say = (text: Text): string => text[this.locale];

  /** An answer of the API in the wished form: its own JSON, names only, or for people. */
  show<T extends z.ZodType>(answer: Answer, schema: T, views: Views<z.output<T>>): void {
    if (this.json) return this.raw(answer.json);
    const value = answer.as(schema);
    if (this.quiet) return views.quiet(value).forEach((line) => this.line(line));
    views.people(value);
  }

  /** What was done, when the answer holds nothing to show. */
  done(answer: Answer, text: Text): void {
    if (this.json) {
      if (answer.json !== '') this.raw(answer.json);
    } else if (!this.quiet) this.tell(text);
  }

  /** Output of another making, unchanged except for one line end at its end. */
  raw(text: string): void {
    this.terminal.output.write(text.endsWith('\n') ? text : `${text}\n`);
  }

  /** One line of the result. */
  line(text = ''): void {
    this.terminal.output.write(`${harmless(text)}\n`);
  }

  /** One sentence for the person as the result. */
  tell(text: Text): void {
    this.line(this.say(text));
  }

  table<Row>(columns: readonly Column<Row>[], rows: readonly Row[], none: Text): void {
    if (rows.length === 0) return this.note(none);
    for (const line of tableLines(columns, rows, this.say, this.paint)) {
      this.terminal.output.write(`${line}\n`);
    }
  }

  facts(facts: readonly (readonly [Text, string | readonly string[], Tone?])[]): void {
    for (const line of factLines(facts, this.say, this.paint)) this.terminal.output.write(`${line}\n`);
  }

  heading(text: Text): void {
    this.terminal.output.write(`\n${this.paint('heading', this.say(text))}\n`);
  }

  /** A remark beside the result; not said to scripts. */
  note(text: Text): void {
    if (this.quiet || this.json) return;
    this.terminal.errors.write(`${harmless(this.say(text))}\n`);
  }

  /** A remark that also scripts get on standard error. */
  warn(text: Text): void {
    this.terminal.errors.write(`${this.paintErrors('warning', harmless(this.say(text)))}\n`);
  }

  /** How to see the rest of a list, when there is more. */
  more(nextCursor: string | null): void {
    if (nextCursor !== null) this.note(cliText.more(nextCursor));
  }
}
