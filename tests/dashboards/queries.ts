import { here, type Panel } from './dashboard.ts'

export const rate = (metric: string, by: string, more = '') =>
  `sum by (${by}) (rate(${metric}{${here}${more && `,${more}`}}[$__rate_interval]))`
export const most = (metric: string, by: string, more = '') =>
  `max by (${by}) (${metric}{${here}${more && `,${more}`}})`
export const quantiles = (metric: string, by = ''): Panel['queries'] =>
  [0.5, 0.95, 0.99].map(q => [
    `histogram_quantile(${q}, ${rate(`${metric}_bucket`, by ? `le, ${by}` : 'le')})`,
    `p${q * 100}${by && ` {{${by}}}`}`,
  ])
