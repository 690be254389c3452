import { askOnce } from '@linghang/subgraph'
import { metrics } from '@linghang/telemetry'

/** What is watched, and what the worker has yet to tell workflows: counted by the service, since the worker may be away. */
export function countWatches(ask: () => Promise<{ open: number; untold: number }>): void {
  const meter = metrics.getMeter('linghang.workflows')
  const open = meter.createObservableGauge('linghang_workflows_open', {
    description: 'Cases, approvals and terms that a workflow watches',
  })
  const untold = meter.createObservableGauge('linghang_workflows_untold', {
    description: 'Changes of which a workflow has yet to be told',
  })
  const count = askOnce(ask)
  meter.addBatchObservableCallback(
    async result => {
      const counted = await count()
      if (!counted) return
      result.observe(open, counted.open)
      result.observe(untold, counted.untold)
    },
    [open, untold],
  )
}
