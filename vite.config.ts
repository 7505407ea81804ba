import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { reactRouter } from '@react-router/dev/vite';
import { defineConfig, type Plugin } from 'vite';

/** Writes a .br and a .gz beside every text asset of the browser's build, so that serving one costs no compression. */
function precompress(): Plugin {
  let outDir = '';
  let forBrowser = false;
  return {
    name: 'elepherd-precompress',
    apply: 'build',
    configResolved(config) {
      outDir = join(config.root, config.build.outDir);
      forBrowser = !config.build.ssr;
    },
    closeBundle: {
      order: 'post',
      async handler() {
        if (!forBrowser) return;
        const names = await readdir(outDir, { recursive: true }).catch(() => []);
        await Promise.all(
          names
            .filter((name) => /\.(js|css|svg|json|txt|webmanifest)$/.test(name))
            .map(async (name) => {
              const file = join(outDir, name);
              if (!(await stat(file)).isFile()) return;
              const bytes = await readFile(file);
              if (bytes.length < 1024) return;
              const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
              await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, { params }));
              await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
            }),
        );
      },
    },
  };
}

export default defineConfig({
  plugins: [reactRouter(), precompress()],
  build: { target: 'es2023', chunkSizeWarningLimit: 800, reportCompressedSize: false },
  ssr: {
    // One file to load at start instead of thousands; only what the programs import too stays outside,
    // because a second copy of it would be another object.
    noExternal: true,
    external: ['react', 'react-dom', 'react-router', 'zod'],
  },
});
