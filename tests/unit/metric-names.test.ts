import { expect, test } from '@jest/globals'
import { metricNames } from '../alerts/metric-names.ts'

test.each([
  ['up{job=~"linghang-.+"} == 1', ['up']],
  ['max by (namespace, release) (rate(a_total{le="2.5"}[5m])) / sum without (x) (b)', ['a_total', 'b']],
  ['a offset 5m > 0 and on (group) min_over_time(b[10m:1m]) unless c', ['a', 'b', 'c']],
  ['linghang:door_errors:ratio_rate1h > 14.4 * 0.001', []],
  ['histogram_quantile(0.99, sum by (le) (rate(x_bucket[5m]))) - time()', ['x_bucket']],
])('platform the metrics of %s are known', (expression, names) => {
  expect(metricNames(expression)).toEqual(names)
})
