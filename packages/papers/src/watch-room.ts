import type { StatsFs } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { metrics } from '@linghang/telemetry'

/** Of the folder, or, before the first paper has made it, of that in which it will be. */
const roomOf = async (folder: string): Promise<StatsFs | null> =>
  statfs(folder).catch(() => (dirname(folder) === folder ? null : roomOf(dirname(folder))))

/** How much room the disk has on which papers lie; of a bucket its own operators know. */
export function watchRoom(folder: string): void {
  const meter = metrics.getMeter('linghang.papers')
  const size = meter.createObservableGauge('linghang_paper_store_size_bytes', {
    description: 'Size of the disk of papers',
  })
  const free = meter.createObservableGauge('linghang_paper_store_free_bytes', {
    description: 'What is free of it for whoever is not root',
  })
  meter.addBatchObservableCallback(
    async result => {
      const found = await roomOf(folder)
      if (!found) return
      result.observe(size, found.blocks * found.bsize)
      result.observe(free, found.bavail * found.bsize)
    },
    [size, free],
  )
}
