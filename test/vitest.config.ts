import { defineConfig } from 'vitest/config';

/** Folders whose tests touch nothing but values: their files may share a process, which loads the sources once. */
const PURE = ['core', 'chatops', 'golden', 'routing', 'sources', 'structure', 'templates'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

const shared = {
  root: new URL('..', import.meta.url).pathname,
  testTimeout: 20_000,
  hookTimeout: 30_000,
  pool: 'forks',
} as const;

export default defineConfig({
  test: {
    dangerouslyIgnoreUnhandledErrors: false,
    projects: [
      { test: { ...shared, name: 'pure', include: PURE, isolate: false } },
      { test: { ...shared, name: 'whole', include: ['test/**/*.test.ts'], exclude: PURE } },
    ],
  },
});
