import { mkdir } from 'node:fs/promises'
import { readEnvironment } from './env.ts'
import { provisionKafka } from './kafka.ts'
import { findVersitygw } from './object-store-programs.ts'
import { officeProgram } from './office-program.ts'
import { findPostgres } from './postgres-programs.ts'
import { findPrometheus } from './prometheus-programs.ts'
import type { Report } from './report.ts'
import { findTemporal } from './temporal-programs.ts'

/**
 * Fetches everything that is missing into this user's cache and starts nothing that stays. What an address in the
 * environment names is left out.
 *
 * @throws StackFault
 */
export const provision = async (report: Report): Promise<void> => {
  const environment = readEnvironment()
  await mkdir(environment.cacheDir, { recursive: true })
  const fetches: Promise<unknown>[] = []
  if (!environment.postgresUrl) fetches.push(findPostgres())
  if (!environment.temporalAddress) fetches.push(findTemporal(report))
  if (!environment.kafkaBrokers) fetches.push(provisionKafka(report))
  const results = await Promise.allSettled(fetches)
  for (const result of results) if (result.status === 'rejected') throw result.reason
}

/**
 * Fetches what tests alone need: the S3-compatible server, which Go builds (some 140 s of one processor), the office
 * program and Prometheus. Done before the tests, so that none of them waits for a download inside its time limit.
 *
 * @throws StackFault
 */
export const provisionForTests = async (report: Report): Promise<void> => {
  const results = await Promise.allSettled([findVersitygw(report), officeProgram(report), findPrometheus(report)])
  for (const result of results) if (result.status === 'rejected') throw result.reason
}
