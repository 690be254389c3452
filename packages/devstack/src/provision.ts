import { mkdir } from 'node:fs/promises'
import { readEnvironment } from './env.ts'
import { provisionKafka } from './kafka.ts'
import { findPostgres } from './postgres-programs.ts'
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
