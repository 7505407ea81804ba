import { globSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { reactRouter } from '@react-router/dev/vite';
import { defineConfig, type Plugin } from 'vite';

/** Writes a .br and a .gz beside every text asset of the browser's build, so that serving one costs no compression. */
function precompress(): Plugin {
  return {
    name: 'elepherd-precompress',
    apply: 'build',
    applyToEnvironment: (environment) => environment.name === 'client',
    closeBundle: {
      order: 'post',
      async handler() {
        const { root, build } = this.environment.config;
        const outDir = resolve(root, build.outDir);
        const names = await readdir(outDir, { recursive: true });
        await Promise.all(
          names
            .filter((name) => /\.(js|css|svg|txt|webmanifest|wasm|data)$/.test(name))
            .map((name) => compressFile(join(outDir, name))),
        );
      },
    },
  };
}

async function compressFile(file: string): Promise<void> {
  const bytes = await readFile(file);
  if (bytes.length < 1024) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, { params }));
  await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
}

/**
 * Builds each `src/<room>/web/<topic>/<name>.element.ts`, the inside of a custom element for pages without hydration, as a
 * module of its own at `/elements/<name>.js`; what it imports on demand comes from `/assets/`.
 */
function customElements(): Plugin {
  return {
    name: 'elepherd-elements',
    apply: 'build',
    applyToEnvironment: (environment) => environment.name === 'client',
    buildStart() {
      const files = globSync('src/*/web/**/*.element.ts', { cwd: this.environment.config.root });
      for (const file of files) {
        const name = basename(file, '.element.ts');
        const id = join(this.environment.config.root, file);
        this.emitFile({ type: 'chunk', id, fileName: `elements/${name}.js`, preserveSignature: false });
      }
    },
  };
}

// console.tsx stays by itself: it brings Mantine's styles, which public pages must not load.
const shell =
  /src[\\/](root|nav)\.|platform[\\/]web[\\/](ui|console|errors|public|preferences)[\\/](?!mantine\.css)|tabler/;
const react = /node_modules[\\/](react|react-dom|react-router|scheduler)[\\/]/;
const mantine = /node_modules[\\/](@mantine|@floating-ui|react-remove-scroll|clsx)[\\/](?!.*\.css$)/;

export default defineConfig({
  plugins: [reactRouter(), customElements(), precompress()],
  build: {
    target: 'es2023',
    chunkSizeWarningLimit: 800,
    reportCompressedSize: false,
  },
  environments: {
    client: {
      build: {
        rolldownOptions: {
          output: {
            // What every console page needs comes in three files that outlive most releases, not in thirty.
            codeSplitting: {
              groups: [
                { name: 'react', test: react, priority: 3 },
                { name: 'mantine', test: mantine, priority: 2 },
                { name: 'shell', test: shell, priority: 1 },
              ],
            },
          },
        },
      },
    },
  },
  // The thread that runs SQL loads PostgreSQL as modules of its own.
  worker: { format: 'es' },
  ssr: {
    // One file to load at start instead of thousands; only what the programs import too stays outside,
    // because a second copy of it would be another object.
    noExternal: true,
    external: ['react', 'react-dom', 'react-router', 'zod'],
  },
});
