import { askOnce } from '@linghang/subgraph'
import { metrics } from '@linghang/telemetry'

/** What an operator watches of scores: how many subjects wait to be scored anew, and since when the first does. */
export function countWaiting(waiting: () => Promise<{ subjects: number; oldestSeconds: number }>): void {
  const meter = metrics.getMeter('linghang.assessment')
  const subjects = meter.createObservableGauge('linghang_scores_waiting', {
    description: 'Changes for which somebody is to be scored anew, 10,000 at most',
  })
  const age = meter.createObservableGauge('linghang_scores_wait_seconds', {
    description: 'For how long the oldest of them has waited',
  })
  const ask = askOnce(waiting)
  meter.addBatchObservableCallback(
    async result => {
      const found = await ask()
      if (!found) return
      result.observe(subjects, found.subjects)
      result.observe(age, found.oldestSeconds)
    },
    [subjects, age],
  )
}
