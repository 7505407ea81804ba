import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, stop, type Plugin } from 'esbuild';

const root = join(import.meta.dirname, '../..');

/** The schema library brings its messages in fifty languages; a program reads them only in a log. */
const withoutLocales: Plugin = {
  name: 'without-locales',
  setup(plugins) {
    plugins.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: `export { default as en } from './en.js';`,
      loader: 'js',
    }));
  },
};

/** The agent as one file, the same bytes for the same sources: its hash is its version. Also left at `build/agent/elepherd-agent.mjs`. */
export async function bundleAgent(options: { write?: boolean } = {}): Promise<Buffer> {
  const result = await build({
    absWorkingDir: root,
    entryPoints: ['src/main/agent.ts'],
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    plugins: [withoutLocales],
    write: false,
    outfile: 'build/agent/elepherd-agent.mjs',
    logLevel: 'silent',
  });
  // Its helper process would stay for the life of this one.
  await stop();
  const bytes = Buffer.from(result.outputFiles[0]!.contents);
  if (options.write) {
    await mkdir(join(root, 'build/agent'), { recursive: true });
    await writeFile(join(root, 'build/agent/elepherd-agent.mjs'), bytes);
  }
  return bytes;
}
