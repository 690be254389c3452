import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

/** The tests on a real cluster; `run.ts` runs their files in order. */
export default {
  rootDir: dirname(dirname(here)),
  testMatch: ['<rootDir>/tests/{chart/cluster,system}/**/*.test.ts'],
  globalSetup: '<rootDir>/tests/chart/setup.ts',
  globalTeardown: '<rootDir>/tests/chart/teardown.ts',
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/tests/strip-types.cjs' },
  transformIgnorePatterns: ['/node_modules/'],
  modulePathIgnorePatterns: ['<rootDir>/.linghang/'],
  testTimeout: 600_000,
  verbose: true,
}
