import { type Dashboard, here } from './dashboard.ts'
import { most, quantiles, rate } from './queries.ts'

export const events: Dashboard = {
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
