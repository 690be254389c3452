import { askOnce } from '@linghang/subgraph'
import { metrics } from '@linghang/telemetry'
import type { Client } from '@temporalio/client'

const everyMs = 30_000

/**
 * When the newest run of a schedule that was completed had been due; when the schedule was made, while there is none. A run
 * that fails, hangs or never begins lets this grow old, whatever the reason.
 */
async function completedAtMs(client: Client, scheduleId: string): Promise<number> {
  const { info } = await client.schedule.getHandle(scheduleId).describe()
  for (const { action, scheduledAt } of info.recentActions.toReversed()) {
    if (action.type !== 'startWorkflow') continue
    const { workflowId } = action.workflow
    const run = await client.workflow
      .getHandle(workflowId, action.workflow.firstExecutionRunId)
      .describe()
      .catch(() => null)
    if (run?.status.name === 'COMPLETED') return scheduledAt.getTime()
  }
  return info.createdAt.getTime()
}

/** Whether Temporal answers, and how old the work of each schedule is as Temporal knows it. */
export function watchTemporal(client: () => Client, scheduleIds: readonly string[]): void {
  const meter = metrics.getMeter('linghang.workflows')
  const answers = askOnce(() => client().connection.workflowService.getSystemInfo({}))
  meter
    .createObservableGauge('linghang_temporal_answers', { description: '1 where Temporal answers, 0 where not' })
    .addCallback(async result => result.observe((await answers()) ? 1 : 0))
  const age = meter.createObservableGauge('linghang_schedule_age_seconds', {
    description: 'Time since the last run that was completed had been due',
  })
  const ages = scheduleIds.map(schedule => ({
    schedule,
    ask: askOnce(() => completedAtMs(client(), schedule), { everyMs }),
  }))
  // All at once: where Temporal is away each waits for as long as it may, and one after the other longer than a scrape does.
  age.addCallback(async result => {
    await Promise.all(
      ages.map(async ({ schedule, ask }) => {
        const atMs = await ask()
        if (atMs !== null) result.observe(Math.max(0, (Date.now() - atMs) / 1_000), { schedule })
      }),
    )
  })
}
