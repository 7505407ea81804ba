import { run } from '../programs.ts';

/** Bytes a folder takes on its disk; 0 when it is gone. */
export async function folderBytes(folder: string): Promise<number> {
  const { stdout } = await run(['du', '--summarize', '--block-size=1', folder], { timeoutSeconds: 60 });
  return Number(/^\d+/.exec(stdout)?.[0] ?? 0);
}
