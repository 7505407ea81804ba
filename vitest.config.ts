import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // What comes soon comes later on a busy machine; a second, as it is by default, is not patience.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{src,scripts,bench}/**/*.test.ts', 'tests/{support,access}/**/*.test.ts'],
          exclude: ['tests/support/lab/**'],
          globalSetup: ['tests/support/database.setup.ts'],
          // On two processors it is one by itself, and half of the time a test waits for its database.
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'lab',
          include: ['tests/lab/**/*.test.ts', 'tests/support/lab/**/*.test.ts'],
          globalSetup: ['tests/support/database.setup.ts'],
          // Two labs at a time: each waits for leases and restarts more than it works.
          maxWorkers: 2,
          testTimeout: 900_000,
          hookTimeout: 1_200_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'journeys',
          include: ['tests/journeys/**/*.test.ts'],
          globalSetup: ['tests/support/database.setup.ts'],
          fileParallelism: false,
          // Pages are drawn as people get them, and not by what React checks while it is developed with.
          env: { NODE_ENV: 'production' },
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
