import type { AsService, RawTx } from '@linghang/access'
import { askOnce } from '@linghang/subgraph'
import { metrics } from '@opentelemetry/api'
import { leaseStore } from './lease-store.ts'

/** How many imports are under way, and for how long the one that stands still the longest has not got on. */
export function watchOpen<Tx extends RawTx>(subject: string, asService: AsService<Tx>): void {
  const meter = metrics.getMeter('linghang.rosters')
  const open = meter.createObservableGauge('linghang_imports_open', { description: 'Imports under way' })
  const silent = meter.createObservableGauge('linghang_import_silent_seconds', {
    description: 'Time since the import under way that got on least lately did so',
  })
  const ask = askOnce(() => asService(tx => leaseStore.open(tx)))
  meter.addBatchObservableCallback(
    async result => {
      const found = await ask()
      if (!found) return
      result.observe(open, found.open, { subject })
      result.observe(silent, found.silentSeconds, { subject })
    },
    [open, silent],
  )
}
