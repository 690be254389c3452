/** What a panel shows: its title in both languages, its unit, and its queries with the legend of each. */
export type Panel = {
  title: string
  unit: 's' | 'bytes' | 'short' | 'percentunit' | 'reqps' | 'none'
  queries: readonly (readonly [expr: string, legend: string])[]
  kind?: 'timeseries' | 'stat'
}
export type Dashboard = { uid: string; title: string; rows: readonly { title: string; panels: readonly Panel[] }[] }

/** Which platform, where several share a Prometheus; stands in every selector. */
export const here = 'namespace=~"$namespace",release=~"$release"'

const source = { type: 'prometheus', uid: '$datasource' }
const columns = 24
const width = 8
const height = 8

const panelOf = ({ title, unit, queries, kind = 'timeseries' }: Panel, id: number, x: number, y: number) => ({
  ...{ id, type: kind, title, datasource: source, gridPos: { h: height, w: width, x, y } },
  fieldConfig: { defaults: { unit, min: 0 }, overrides: [] },
  options: kind === 'stat' ? { reduceOptions: { calcs: ['lastNotNull'] } } : { tooltip: { mode: 'multi' } },
  targets: queries.map(([expr, legendFormat], n) => ({
    ...{ refId: String.fromCharCode(65 + n), datasource: source, expr, legendFormat },
  })),
})

const variable = (name: string, query: string) => ({
  ...{ name, type: 'query', datasource: source, query, refresh: 2, includeAll: true, multi: true, allValue: '.*' },
  current: { text: 'All', value: '$__all' },
})

/** Grafana's own form of it. */
export function grafana({ uid, title, rows }: Dashboard): object {
  const panels: object[] = []
  let y = 0
  for (const row of rows) {
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title: row.title,
      collapsed: false,
      gridPos: { h: 1, w: columns, x: 0, y },
      panels: [],
    })
    y += 1
    for (const [n, panel] of row.panels.entries()) {
      const x = (n * width) % columns
      panels.push(panelOf(panel, panels.length + 1, x, y))
      if (x + width === columns || n === row.panels.length - 1) y += height
    }
  }
  return {
    ...{ uid, title, tags: ['linghang'], schemaVersion: 39, version: 1, editable: false, refresh: '30s' },
    time: { from: 'now-6h', to: 'now' },
    timezone: 'Asia/Shanghai',
    templating: {
      list: [
        { name: 'datasource', type: 'datasource', query: 'prometheus', current: {} },
        variable('namespace', 'label_values(up{job=~"linghang-.+"}, namespace)'),
        variable('release', 'label_values(up{job=~"linghang-.+",namespace=~"$namespace"}, release)'),
      ],
    },
    panels,
  }
}
