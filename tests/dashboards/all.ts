import { type Dashboard, here, type Panel } from './dashboard.ts'

const rate = (metric: string, by: string, more = '') =>
  `sum by (${by}) (rate(${metric}{${here}${more && `,${more}`}}[$__rate_interval]))`
const most = (metric: string, by: string, more = '') => `max by (${by}) (${metric}{${here}${more && `,${more}`}})`
const quantiles = (metric: string, by = ''): Panel['queries'] =>
  [0.5, 0.95, 0.99].map(q => [
    `histogram_quantile(${q}, ${rate(`${metric}_bucket`, by ? `le, ${by}` : 'le')})`,
    `p${q * 100}${by && ` {{${by}}}`}`,
  ])

const signals: Dashboard = {
  ...{ uid: 'linghang-signals', title: 'Linghang 领航: golden signals (黄金指标)' },
  rows: [
    {
      title: 'The door (统一接口)',
      panels: [
        {
          title: 'Requests by outcome (请求)',
          unit: 'reqps',
          queries: [[rate('linghang_gateway_requests_total', 'outcome'), '{{outcome}}']],
        },
        {
          title: 'Faults of ours against the objective (故障率)',
          unit: 'percentunit',
          queries: [
            [`linghang:door_errors:ratio_rate5m{${here}}`, '5 min'],
            [`linghang:door_errors:ratio_rate1h{${here}}`, '1 h'],
            ['vector(0.001)', 'objective'],
          ],
        },
        {
          title: 'Time to the whole answer (响应时间)',
          unit: 's',
          queries: quantiles('linghang_gateway_request_duration_seconds'),
        },
        {
          title: 'Under way (并发)',
          unit: 'short',
          queries: [[most('linghang_gateway_in_flight', 'instance'), '{{instance}}']],
        },
        {
          title: 'Fetches that failed (子服务失败)',
          unit: 'reqps',
          queries: [[rate('linghang_gateway_fetches_total', 'subgraph', 'outcome="failed"'), '{{subgraph}}']],
        },
        {
          title: 'Answered once for several (合并应答)',
          unit: 'reqps',
          queries: [
            [rate('linghang_gateway_shared_answers_total', 'job'), 'requests'],
            [rate('linghang_gateway_fetches_total', 'job', 'outcome="shared"'), 'fetches'],
          ],
        },
      ],
    },
    {
      title: 'Services (服务)',
      panels: [
        {
          title: 'Requests (请求)',
          unit: 'reqps',
          queries: [[rate('linghang_subgraph_requests_total', 'job, outcome'), '{{job}} {{outcome}}']],
        },
        {
          title: 'Time, slowest twentieth (响应时间 p95)',
          unit: 's',
          queries: [
            [
              `histogram_quantile(0.95, ${rate('linghang_subgraph_request_duration_seconds_bucket', 'le, job')})`,
              '{{job}}',
            ],
          ],
        },
        {
          title: 'Instances that answer (实例)',
          unit: 'short',
          queries: [[`sum by (job) (up{${here},job=~"linghang-.+"})`, '{{job}}']],
        },
        {
          title: 'Connections of databases (数据库连接)',
          unit: 'short',
          queries: [[`sum by (job, state) (linghang_database_connections{${here}})`, '{{job}} {{state}}']],
        },
        {
          title: 'Faults of databases (数据库故障)',
          unit: 'reqps',
          queries: [[rate('linghang_database_faults_total', 'job, kind'), '{{job}} {{kind}}']],
        },
        {
          title: 'Sizes of databases (数据库大小)',
          unit: 'bytes',
          queries: [[most('linghang_database_size_bytes', 'job'), '{{job}}']],
        },
      ],
    },
    {
      title: 'Processes (进程)',
      panels: [
        { title: 'CPU', unit: 'short', queries: [[rate('process_cpu_seconds_total', 'job'), '{{job}}']] },
        {
          title: 'Memory (内存)',
          unit: 'bytes',
          queries: [[most('process_resident_memory_bytes', 'job, instance'), '{{job}} {{instance}}']],
        },
        {
          title: 'Event loop, slowest hundredth (事件循环)',
          unit: 's',
          queries: [[most('nodejs_eventloop_delay_max', 'job'), '{{job}}']],
        },
        {
          title: 'Certificates: days left (证书剩余)',
          unit: 's',
          queries: [
            [`min by (job, use) (linghang_certificate_not_after_seconds{${here}}) - time()`, '{{job}} {{use}}'],
          ],
        },
        {
          title: 'Papers: operations (材料存取)',
          unit: 'reqps',
          queries: [
            [
              rate('linghang_paper_store_operations_total', 'job, operation, outcome'),
              '{{job}} {{operation}} {{outcome}}',
            ],
          ],
        },
        {
          title: 'Papers: free of the disk (材料磁盘)',
          unit: 'percentunit',
          queries: [
            [
              `min by (job) (linghang_paper_store_free_bytes{${here}} / linghang_paper_store_size_bytes{${here}})`,
              '{{job}}',
            ],
          ],
        },
      ],
    },
  ],
}

const events: Dashboard = {
  ...{ uid: 'linghang-events', title: 'Linghang 领航: outbox and lag (发件箱与积压)' },
  rows: [
    {
      title: 'Out (发出)',
      panels: [
        {
          title: 'Age of the oldest that waits (最早等待)',
          unit: 's',
          queries: [[most('linghang_outbox_age_seconds', 'job'), '{{job}}']],
        },
        { title: 'Waiting (待发)', unit: 'short', queries: [[most('linghang_outbox_waiting', 'job'), '{{job}}']] },
        {
          title: 'Handed to Kafka (已发)',
          unit: 'reqps',
          queries: [[rate('linghang_outbox_published_total', 'job'), '{{job}}']],
        },
      ],
    },
    {
      title: 'In (收到)',
      panels: [
        {
          title: 'Yet to read (未读)',
          unit: 'short',
          queries: [
            [
              `sum by (group) (max by (group, topic, partition) (linghang_consumer_lag_messages{${here}}))`,
              '{{group}}',
            ],
          ],
        },
        { title: 'From published to effect (传达时间)', unit: 's', queries: quantiles('linghang_event_delay_seconds') },
        {
          title: 'By group, slowest twentieth (按消费组 p95)',
          unit: 's',
          queries: [
            [`histogram_quantile(0.95, ${rate('linghang_event_delay_seconds_bucket', 'le, group')})`, '{{group}}'],
          ],
        },
        {
          title: 'Dead letters waiting (死信)',
          unit: 'short',
          queries: [[most('linghang_dead_letters_waiting', 'job'), '{{job}}']],
        },
        {
          title: 'Dead letters kept (新死信)',
          unit: 'reqps',
          queries: [[rate('linghang_dead_letters_total', 'group, topic'), '{{group}} {{topic}}']],
        },
        {
          title: 'Scores wait for (评分等待)',
          unit: 's',
          queries: [[most('linghang_scores_wait_seconds', 'job'), '{{job}}']],
        },
        {
          title: 'Kafka has not answered for (Kafka 无应答)',
          unit: 's',
          queries: [[most('linghang_kafka_unanswered_seconds', 'job'), '{{job}}']],
        },
      ],
    },
  ],
}

const workflows: Dashboard = {
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

const imports: Dashboard = {
  ...{ uid: 'linghang-imports', title: 'Linghang 领航: imports (导入)' },
  rows: [
    {
      title: 'Rosters (花名册)',
      panels: [
        {
          title: 'Rounds by how they ended (轮次)',
          unit: 'reqps',
          queries: [[rate('linghang_imports_total', 'subject, outcome'), '{{subject}} {{outcome}}']],
        },
        {
          title: 'Rows by what became of them (行)',
          unit: 'reqps',
          queries: [[rate('linghang_import_rows_total', 'subject, fate'), '{{subject}} {{fate}}']],
        },
        { title: 'Time of a round (用时)', unit: 's', queries: quantiles('linghang_import_duration_seconds') },
        {
          title: 'Under way (进行中)',
          unit: 'short',
          queries: [[`sum by (subject) (linghang_imports_open{${here}})`, '{{subject}}']],
        },
        {
          title: 'Stands still for (停滞)',
          unit: 's',
          queries: [[most('linghang_import_silent_seconds', 'subject'), '{{subject}}']],
        },
        {
          title: 'Uploads (上传)',
          unit: 'reqps',
          queries: [
            [
              rate('linghang_subgraph_requests_total', 'job, outcome', 'route="/imports/:id/file"'),
              '{{job}} {{outcome}}',
            ],
          ],
        },
      ],
    },
  ],
}

const ledger: Dashboard = {
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

export const dashboards: readonly Dashboard[] = [signals, events, workflows, imports, ledger]
