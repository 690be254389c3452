import { askOnce } from '@linghang/subgraph'
import { metrics } from '@linghang/telemetry'

type Waiting = { mismatches: number; oldestSeconds: number; days: number }

/** Nothing of this moves within a minute, and orders are many. */
const everyMs = 60_000

/** What of the books waits for people: differences that nobody has seen to, days that were not held against the bill. */
export function countBooks(waiting: () => Promise<Waiting>): void {
  const meter = metrics.getMeter('linghang.dues')
  const open = meter.createObservableGauge('linghang_dues_mismatches_open', {
    description: 'Differences between the provider’s bill and the books that nobody has seen to',
  })
  const age = meter.createObservableGauge('linghang_dues_mismatch_age_seconds', {
    description: 'Age of the oldest of them',
  })
  const days = meter.createObservableGauge('linghang_dues_days_unreconciled', {
    description: 'Days of committees with payments whose bill was made and not yet looked at',
  })
  const ask = askOnce(waiting, { everyMs })
  meter.addBatchObservableCallback(
    async result => {
      const found = await ask()
      if (!found) return
      result.observe(open, found.mismatches)
      result.observe(age, found.oldestSeconds)
      result.observe(days, found.days)
    },
    [open, age, days],
  )
}
