import pg from 'pg';
import { askTogether } from './ask-together.ts';

/** Reads rows of a named statement; nothing it reads can be part of a transaction. */
export type ReadLines = {
  read<R>(name: string, text: string, values: unknown[]): Promise<R[]>;
  end(): Promise<void>;
};

type Line = { client: pg.Client; waiting: number };

/** Whether the connection broke, and not the statement. */
const isOfLine = (error: unknown): boolean =>
  !(error instanceof pg.DatabaseError) || error.severity === 'FATAL';

/** While one waits for a slow answer, the other goes on. */
const linesAtMost = 2;

/**
 * Connections of their own for what pages read all the time. Whatever is asked in one turn of the program goes out in one
 * write, down one line, and is answered in order: a page's four questions wake the database once. What was under way on a line
 * that broke is asked once more on another: it only reads.
 */
export function createReadLines(config: pg.ClientConfig): ReadLines {
  const lines = new Set<Line>();
  let turn: Line | undefined;

  const open = (): Line => {
    const client = new pg.Client({ ...config, pipeline: true } as pg.ClientConfig);
    askTogether(client);
    const line: Line = { client, waiting: 0 };
    const drop = () => void lines.delete(line);
    client.on('error', drop);
    client.on('end', drop);
    client.connect().catch(drop);
    lines.add(line);
    return line;
  };

  /** The line of this turn: one that is idle, a new one, or the one with the least to do. */
  const lineOfTurn = (): Line => {
    if (turn && lines.has(turn)) return turn;
    const [best] = [...lines].toSorted((a, b) => a.waiting - b.waiting);
    const line = best && (best.waiting === 0 || lines.size >= linesAtMost) ? best : open();
    turn = line;
    setImmediate(() => {
      if (turn === line) turn = undefined;
    });
    return line;
  };

  const ask = async (question: pg.QueryConfig): Promise<pg.QueryResult> => {
    const line = lineOfTurn();
    line.waiting += 1;
    try {
      return await line.client.query(question);
    } catch (error) {
      if (isOfLine(error)) lines.delete(line);
      throw error;
    } finally {
      line.waiting -= 1;
    }
  };

  return {
    async read<R>(name: string, text: string, values: unknown[]): Promise<R[]> {
      const question = { name, text, values };
      const { rows } = await ask(question).catch((error: unknown) => {
        if (!isOfLine(error)) throw error;
        return ask(question);
      });
      return rows as R[];
    },
    async end() {
      const all = [...lines];
      lines.clear();
      await Promise.all(all.map(({ client }) => client.end().catch(() => {})));
    },
  };
}
