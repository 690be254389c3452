import { fires, silent } from '../case.ts'

const worker = { job: 'linghang-worker' }
const temporal = (series: string) => ({ 'linghang_temporal_answers{job="linghang-worker"}': series })
const untold = (series: string) => ({ 'linghang_workflows_untold{job="linghang-workflows"}': series })
const waits = (sum: string, count: string) => ({
  'temporal_workflow_task_schedule_to_start_latency_seconds_sum{job="linghang-worker"}': sum,
  'temporal_workflow_task_schedule_to_start_latency_seconds_count{job="linghang-worker"}': count,
})
const late = (series: string) => ({ 'linghang_reminders_late_total{job="linghang-worker",rung="OVERDUE"}': series })
const schedule = (name: string, series: string) => ({
  [`linghang_schedule_age_seconds{job="linghang-worker",schedule="${name}"}`]: series,
})

export const workflowCases = [
  fires('LinghangTemporalAway', 'no answer', temporal('1 0x10'), { at: 3, of: worker }),
  silent('LinghangTemporalAway', 'it was away for less', temporal('1 0 0 1x10'), 12),

  fires('LinghangWorkflowsUntold', 'they do not get fewer', untold('0 7x40'), { at: 15.5, value: '7' }),
  silent('LinghangWorkflowsUntold', 'a roster is being told of, and it gets on', untold('6000-100x60'), 60),
  silent(
    'LinghangWorkflowsUntold',
    'all are told now and then',
    untold('5 5 0 5 5 5 5 0 5 5 5 5 0 5 5 5 5 0 5 5 5 5 0 5 5'),
    24,
  ),

  fires('LinghangTasksWait', 'eleven seconds on the average', waits('0+110x30', '0+10x30'), {
    ...{ at: 6, of: worker, value: '11s' },
  }),
  silent('LinghangTasksWait', 'ten', waits('0+100x30', '0+10x30'), 30),

  fires('LinghangRemindersLate', 'one is enough', late('0 0 1x30'), { at: 3, value: '1' }),
  silent('LinghangRemindersLate', 'none', late('0x30'), 30),

  fires('LinghangScheduleMissed', 'of the night', schedule('dues-bills', '100740+60x30'), {
    ...{ at: 12, of: { schedule: 'dues-bills' }, value: '1d 4h 11m 0s' },
  }),
  fires('LinghangScheduleMissed', 'of the morning', schedule('dues-reconciliation', '143940+60x30'), {
    ...{ at: 12, of: { schedule: 'dues-reconciliation' }, value: '1d 16h 11m 0s' },
  }),
  fires('LinghangScheduleMissed', 'of the month', schedule('monthly-reports', '2692740+60x30'), {
    ...{ at: 12, of: { schedule: 'monthly-reports' }, value: '31d 4h 11m 0s' },
  }),
  silent('LinghangScheduleMissed', 'the month’s is made once a month', schedule('monthly-reports', '2692800x30'), 30),
  silent('LinghangScheduleMissed', 'it is not yet its time', schedule('dues-bills', '100800x30'), 30),
  silent('LinghangScheduleMissed', 'the morning’s may take the day', schedule('dues-reconciliation', '144000x30'), 30),
]
