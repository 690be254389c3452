import { mkdir } from 'node:fs/promises'
import { cachedPath, type Report } from '@linghang/devstack'
import { definitions } from './definitions.ts'
import { helmProgram, helmUnittestProgram } from './programs.ts'

/**
 * Fetches and builds what the chart is tested with, before the tests, so that none of them waits for it inside its time
 * limit.
 *
 * @throws FETCH_FAILED
 */
export async function provisionForChart(report: Report): Promise<void> {
  await mkdir(cachedPath(''), { recursive: true })
  const results = await Promise.allSettled([
    helmProgram(4, report),
    helmProgram(3, report),
    helmUnittestProgram(report),
    definitions(report),
  ])
  for (const result of results) if (result.status === 'rejected') throw result.reason
}
