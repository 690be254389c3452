import { type Dashboard, here } from './dashboard.ts'
import { most, quantiles, rate } from './queries.ts'

export const workflows: Dashboard = {
  ...{ uid: 'linghang-workflows', title: 'Linghang 领航: workflows and reminders (工作流与提醒)' },
  rows: [
    {
      title: 'Reminders (提醒)',
      panels: [
        {
          title: 'Written (已写)',
          unit: 'reqps',
          queries: [[rate('linghang_reminders_sent_total', 'rung'), '{{rung}}']],
        },
        {
          title: 'After their day, within a day (迟发)',
          unit: 'short',
          queries: [[`sum by (rung) (increase(linghang_reminders_late_total{${here}}[1d]))`, '{{rung}}']],
        },
        { title: 'Delay (延迟)', unit: 's', queries: quantiles('linghang_reminder_delay_seconds') },
      ],
    },
    {
      title: 'Workflows (工作流)',
      panels: [
        { title: 'Watched (在办)', unit: 'short', queries: [[most('linghang_workflows_open', 'job'), 'open']] },
        {
          title: 'Not yet told (未送达)',
          unit: 'short',
          queries: [[most('linghang_workflows_untold', 'job'), 'untold']],
        },
        {
          title: 'Age of what is done daily (每日任务)',
          unit: 's',
          queries: [[most('linghang_schedule_age_seconds', 'schedule'), '{{schedule}}']],
        },
        {
          title: 'Free places of workers (空闲槽位)',
          unit: 'short',
          queries: [[`sum by (worker_type) (temporal_worker_task_slots_available{${here}})`, '{{worker_type}}']],
        },
        {
          title: 'Tasks wait, on the average (任务等待)',
          unit: 's',
          queries: [
            [
              `${rate('temporal_workflow_task_schedule_to_start_latency_seconds_sum', 'job')} / ${rate('temporal_workflow_task_schedule_to_start_latency_seconds_count', 'job')}`,
              'workflow tasks',
            ],
          ],
        },
        {
          title: 'Kept in memory (缓存的工作流)',
          unit: 'short',
          queries: [[`sum by (job) (temporal_sticky_cache_size{${here}})`, '{{job}}']],
        },
      ],
    },
  ],
}
