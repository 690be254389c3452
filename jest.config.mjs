const project = (displayName, testMatch, more = {}) => ({
  displayName,
  testMatch: testMatch.map(glob => `<rootDir>/${glob}`),
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/tests/strip-types.cjs' },
  transformIgnorePatterns: ['/node_modules/'],
  modulePathIgnorePatterns: ['<rootDir>/.linghang/'],
  ...more,
})

export default {
  // Real servers on two shared cores: a test that waits is a test that waits for a condition.
  testTimeout: 120_000,
  projects: [
    project('unit', [
      'packages/*/src/**/*.test.ts',
      'services/*/src/**/*.test.ts',
      'gateway/src/**/*.test.ts',
      'deploy/{local,images}/src/**/*.test.ts',
      'tests/unit/**/*.test.ts',
      'tests/rosters/**/*.test.ts',
    ]),
    project(
      'integration',
      [
        'packages/*/test/**/*.test.ts',
        'services/*/test/**/*.test.ts',
        'gateway/test/**/*.test.ts',
        'deploy/local/test/**/*.test.ts',
      ],
      {
        globalSetup: '<rootDir>/tests/setup/integration.ts',
        globalTeardown: '<rootDir>/tests/setup/teardown.ts',
      },
    ),
    project('workflows', ['services/workflows/time-skipping/**/*.test.ts'], {
      globalSetup: '<rootDir>/tests/setup/workflows.ts',
    }),
    project('chart', ['tests/chart/*.test.ts']),
    project('system', ['tests/system/**/*.test.ts'], {
      globalSetup: '<rootDir>/tests/setup/system.ts',
      globalTeardown: '<rootDir>/tests/setup/system-teardown.ts',
    }),
    // Temporal's server proper takes minutes to build where it was not built yet.
    project('temporal', ['tests/temporal/**/*.test.ts']),
    project('kafka', ['tests/kafka/**/*.test.ts']),
    project('alerts', ['tests/alerts/fired/**/*.test.ts'], {
      globalSetup: '<rootDir>/tests/setup/alerts.ts',
      globalTeardown: '<rootDir>/tests/setup/system-teardown.ts',
    }),
  ],
}
