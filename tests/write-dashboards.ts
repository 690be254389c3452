import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dashboards } from './dashboards/all.ts'
import { grafana } from './dashboards/dashboard.ts'

/** Writes what Grafana is given, for `npm run dashboards`. */
const folder = join(import.meta.dirname, '../deploy/helm/linghang/files/dashboards')
mkdirSync(folder, { recursive: true })
for (const one of dashboards)
  writeFileSync(join(folder, `${one.uid}.json`), `${JSON.stringify(grafana(one), null, 1)}\n`)
