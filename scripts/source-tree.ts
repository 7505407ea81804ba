import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** One thing that is wrong, where a person can click on it. */
export interface Finding {
  /** Path from the root of the repository. */
  file: string;
  line: number;
  message: string;
}

export interface SourceFile {
  /** Path from the root of the repository, with forward slashes. */
  path: string;
  text: string;
}

const skippedFolders = new Set(['node_modules', 'build', '.git', '.react-router', '.cache']);
const textFile = /\.(?:ts|tsx|mjs|css|sql|md|json|mts|cts)$/;

/** Every text file below the given folders of the repository, sorted by path; folders that do not exist count as empty. */
export function readTree(root: string, folders: string[]): SourceFile[] {
  const found: SourceFile[] = [];
  const visit = (folder: string) => {
    let entries;
    try {
      entries = readdirSync(join(root, folder), { withFileTypes: true });
    } catch {
      return;
    }
    for (const entry of entries) {
      const path = folder === '.' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (!skippedFolders.has(entry.name)) visit(path);
      } else if (entry.isFile() && textFile.test(entry.name)) {
        found.push({ path, text: readFileSync(join(root, path), 'utf8') });
      }
    }
  };
  for (const folder of folders) visit(folder);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** The line, counted from one, of a position in a text. */
export const lineAt = (text: string, position: number) => text.slice(0, position).split('\n').length;

/** Prints findings the way compilers do and answers the exit code of a check. */
export function report(findings: Finding[]): number {
  for (const { file, line, message } of findings) process.stderr.write(`${file}:${line}: ${message}\n`);
  return findings.length === 0 ? 0 : 1;
}
