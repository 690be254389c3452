import type { Dashboard } from './dashboard.ts'
import { most, rate } from './queries.ts'

export const ledger: Dashboard = {
  ...{ uid: 'linghang-ledger', title: 'Linghang 领航: dues (党费)' },
  rows: [
    {
      title: 'Payments online (线上交纳)',
      panels: [
        {
          title: 'Asked of the provider (请求支付机构)',
          unit: 'reqps',
          queries: [[rate('linghang_payment_requests_total', 'operation, outcome'), '{{operation}} {{outcome}}']],
        },
        {
          title: 'Told by the provider (支付回调)',
          unit: 'reqps',
          queries: [[rate('linghang_payment_callbacks_total', 'outcome'), '{{outcome}}']],
        },
        {
          title: 'The night’s bills: age (每夜出账)',
          unit: 's',
          queries: [[most('linghang_schedule_age_seconds', 'schedule', 'schedule=~"dues-.+"'), '{{schedule}}']],
        },
      ],
    },
    {
      title: 'Reconciliation (对账)',
      panels: [
        {
          title: 'Differences open (未处理差异)',
          unit: 'short',
          queries: [[most('linghang_dues_mismatches_open', 'job'), 'open']],
        },
        {
          title: 'Age of the oldest (最早差异)',
          unit: 's',
          queries: [[most('linghang_dues_mismatch_age_seconds', 'job'), 'age']],
        },
        {
          title: 'Days not reconciled (未对账日)',
          unit: 'short',
          queries: [[most('linghang_dues_days_unreconciled', 'job'), 'days']],
        },
      ],
    },
  ],
}
