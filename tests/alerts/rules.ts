import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse } from 'yaml'

/** What the chart gives Prometheus, read as it lies there. */
export const root = resolve(import.meta.dirname, '../..')
const rulesDir = join(root, 'deploy/helm/linghang/files/rules')

export type Alert = {
  alert: string
  expr: string
  for?: string
  labels: Record<string, string>
  annotations: Record<string, string>
}
type Recorded = { record: string; expr: string; labels?: Record<string, string> }
type Rule = Alert | Recorded
type Group = { name: string; interval?: string; rules: Rule[] }

export const ruleFiles = (): string[] => readdirSync(rulesDir).filter(name => name.endsWith('.yaml'))
/** A rule file with the place of the runbooks in it, as the chart renders it. */
export const ruleText = (name: string, runbooks = '%RUNBOOKS%'): string =>
  readFileSync(join(rulesDir, name), 'utf8').replaceAll('%RUNBOOKS%', runbooks)

export const groups = (files: readonly string[] = ruleFiles()): Group[] =>
  files.flatMap(name => parse(ruleText(name)).groups as Group[])
const isAlert = (rule: Rule): rule is Alert => 'alert' in rule
export const alerts = (files = ruleFiles()): Alert[] => groups(files).flatMap(({ rules }) => rules.filter(isAlert))
