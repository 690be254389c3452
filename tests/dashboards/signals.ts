import { type Dashboard, here } from './dashboard.ts'
import { most, quantiles, rate } from './queries.ts'

export const signals: Dashboard = {
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
