import { existsSync } from 'node:fs';
import type { ConnectionWay } from '#src/fleet/contract/clusters.ts';

/** How many connections each program opens, one after another. */
export const connections = 6;

const look = 'select pg_is_in_recovery()';

/** A program around what the page shows for one language: it says for each connection whether it led to the primary, sorted. */
export type SampleProgram = {
  language: string;
  file: string;
  text: string;
  argv: readonly string[];
  /** Tries that a lost host of three costs: drivers that know one address at a time pay, those that try the next one do not. */
  lostTries: number;
};

const psycopg = '/usr/lib/python3/dist-packages/psycopg';
const jdbc = '/usr/share/java/postgresql.jar';
const javac = '/usr/bin/javac';

/** Languages whose sample is not run here, each with what it lacks. A JDK takes 200 MB, so no test installs one. */
export function skippedLanguages(): string[] {
  return [
    ...(existsSync(psycopg) ? [] : ['Python (apt-get install python3-psycopg)']),
    ...(existsSync(jdbc) ? [] : ['JDBC (apt-get install libpostgresql-jdbc-java)']),
    ...(existsSync(javac) ? [] : ['JDBC (apt-get install default-jdk-headless)']),
    'Go (its driver is in no package of Debian 12)',
  ];
}

/** The programs that this machine has a driver for. */
export function samplePrograms(samples: ConnectionWay['samples']): SampleProgram[] {
  const code = (language: string): string => samples.find((sample) => sample.language === language)!.code;
  return [
    {
      language: 'node',
      file: 'app.mjs',
      text: node(code('node')),
      argv: [process.execPath, 'app.mjs'],
      lostTries: connections / 3,
    },
    ...(existsSync(psycopg)
      ? [
          {
            language: 'python',
            file: 'app.py',
            text: python(code('python')),
            argv: ['/usr/bin/python3', 'app.py'],
            lostTries: 0,
          },
        ]
      : []),
    ...(existsSync(jdbc) && existsSync(javac)
      ? [
          {
            language: 'jdbc',
            file: 'App.java',
            text: java(code('jdbc')),
            argv: ['java', '-cp', jdbc, 'App.java'],
            lostTries: 0,
          },
        ]
      : []),
  ];
}

const node = (sample: string): string => `${sample}
const seen = [];
for (let n = 0; n < ${connections}; n += 1) {
  try {
    const client = await pool.connect();
    seen.push((await client.query('${look}')).rows[0].pg_is_in_recovery ? 'replica' : 'primary');
    client.release(true);
  } catch { seen.push('lost'); }
}
console.log(seen.toSorted().join());
process.exit(0);`;

const python = (sample: string): string => `seen = []
for n in range(${connections}):
    try:
${sample.replace(/^/gm, '        ')}
        seen.append('replica' if connection.execute('${look}').fetchone()[0] else 'primary')
        connection.close()
    except psycopg.Error:
        seen.append('lost')
print(','.join(sorted(seen)))
`;

const java = (sample: string): string => `import java.sql.*;
import java.util.*;

public class App {
  public static void main(String[] argv) throws Exception {
    List<String> seen = new ArrayList<>();
    Properties password = new Properties();
    password.put("password", System.getenv("PGPASSWORD"));
    for (int n = 0; n < ${connections}; n += 1) {
      try (Connection connection = DriverManager.getConnection("${sample}", password);
          ResultSet row = connection.createStatement().executeQuery("${look}")) {
        row.next();
        seen.add(row.getBoolean(1) ? "replica" : "primary");
      } catch (SQLException error) {
        seen.add("lost");
      }
    }
    Collections.sort(seen);
    System.out.println(String.join(",", seen));
  }
}
`;
