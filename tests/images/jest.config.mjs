import common from '../../jest.config.mjs'

const [{ displayName: _, ...usual }] = common.projects

/** The tests of images: PostgreSQL and Kafka run beside them. */
export default {
  ...usual,
  rootDir: '../..',
  testTimeout: 300_000,
  testMatch: ['<rootDir>/tests/images/*.test.ts'],
  globalSetup: '<rootDir>/tests/setup/integration.ts',
  globalTeardown: '<rootDir>/tests/setup/teardown.ts',
}
