import { join } from 'node:path'
import { fetchOnce } from './cache.ts'
import { unpackDebian } from './debian-packages.ts'
import { stackFault } from './fault.ts'
import { type Report, timed } from './report.ts'
import { findOnPath } from './run-command.ts'

/** The server that scrapes and evaluates rules, and the tool that checks them. */
export interface PrometheusPrograms {
  prometheus: string
  promtool: string
}

const missing = (reason: string): Error =>
  stackFault('PROGRAM_MISSING', {
    zh: `找不到 prometheus 和 promtool，也无法从 Debian 软件包取得：${reason}`,
    en: 'prometheus and promtool were not found and could not be fetched as a Debian package (reason above): install them, or run where apt-get works.',
  })

/**
 * Finds Prometheus: on PATH, else Debian's package, unpacked into this user's cache.
 *
 * @throws PROGRAM_MISSING
 */
export const findPrometheus = async (report: Report = () => undefined): Promise<PrometheusPrograms> => {
  const [prometheus, promtool] = [findOnPath('prometheus'), findOnPath('promtool')]
  if (prometheus && promtool) return { prometheus, promtool }
  const root = await fetchOnce('prometheus-debian-1', folder =>
    timed(report, 'prometheus', 'unpack Prometheus from a Debian package (19 MB)', () =>
      unpackDebian(folder, ['prometheus'], missing),
    ),
  )
  return { prometheus: join(root, 'usr/bin/prometheus'), promtool: join(root, 'usr/bin/promtool') }
}
