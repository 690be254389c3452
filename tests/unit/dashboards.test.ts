import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { checkExpressions } from '../alerts/promtool.ts'
import { root } from '../alerts/rules.ts'
import { dashboards } from '../dashboards/all.ts'
import { grafana } from '../dashboards/dashboard.ts'

const folder = join(root, 'deploy/helm/linghang/files/dashboards')
const files = readdirSync(folder)
/** A ConfigMap takes a megabyte, and all lie in one. */
const bytesAtMost = 100_000

describe('dashboards', () => {
  test('platform each file is what npm run dashboards writes, under the name of its uid, and there is no other', () => {
    expect(files.toSorted()).toEqual(dashboards.map(({ uid }) => `${uid}.json`).toSorted())
    for (const one of dashboards)
      expect(JSON.parse(readFileSync(join(folder, `${one.uid}.json`), 'utf8'))).toEqual(grafana(one))
  })

  test.each(files)('platform %s is no larger than its share, and its panels have ids and places of their own', file => {
    expect(statSync(join(folder, file)).size).toBeLessThan(bytesAtMost)
    const { panels } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
      panels: { id: number; gridPos: { x: number; y: number } }[]
    }
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    expect(new Set(panels.map(({ gridPos: { x, y } }) => `${x}/${y}`)).size).toBe(panels.length)
  })

  test('platform Prometheus reads every query', async () => {
    const queries = dashboards.flatMap(({ rows }) => rows.flatMap(row => row.panels.flatMap(one => one.queries)))
    expect(queries.length).toBeGreaterThan(30)
    expect(await checkExpressions(queries.map(([expr]) => expr))).toBe('')
    expect(await checkExpressions(['sum by (x) (rate(y[5m])'])).toContain('parse')
  })
})
