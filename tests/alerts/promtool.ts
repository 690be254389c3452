import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPrometheus, runCommand } from '@linghang/devstack'
import { stringify } from 'yaml'
import type { Case } from './case.ts'
import { type Alert, alerts, ruleFiles, ruleText } from './rules.ts'

const runbooks = 'https://runbooks.example'
const timeoutMs = 120_000

/** What an alert says of these labels and this value: the texts are templates of Prometheus. */
const wordsOf = (alert: Alert, of: Record<string, string>, value: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(alert.annotations).map(([name, text]) => [
      name,
      text
        .replaceAll('%RUNBOOKS%', runbooks)
        .replaceAll(/{{ \$labels\.(\w+) }}/g, (_, label: string) => of[label] ?? '')
        .replaceAll(/{{ \$value[^}]*}}/g, value),
    ]),
  )

const quiet = (alert: string, minutes: number) => ({ eval_time: `${minutes * 60}s`, alertname: alert, exp_alerts: [] })

function testOf(
  known: ReadonlyMap<string, Alert>,
  { alert, says, series, firesAt, of = {}, value = '', silentUntil }: Case,
) {
  const rule = known.get(alert)
  if (!rule) throw new Error(`there is no alert ${alert}`)
  const fired = (minutes: number) => ({
    eval_time: `${minutes * 60}s`,
    alertname: alert,
    exp_alerts: [{ exp_labels: { ...rule.labels, ...of }, exp_annotations: wordsOf(rule, of, value) }],
  })
  return {
    name: `${alert}: ${says}`,
    interval: '1m',
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    alert_rule_test:
      firesAt === undefined
        ? Array.from({ length: (silentUntil ?? 0) + 1 }, (_, minute) => quiet(alert, minute))
        : [quiet(alert, firesAt - 0.5), fired(firesAt)],
  }
}

/** Our rules in a folder of their own, as the chart gives them out, and promtool over them. */
async function withRules<T>(work: (promtool: string, folder: string, files: string[]) => Promise<T>): Promise<T> {
  const { promtool } = await findPrometheus()
  const folder = mkdtempSync(join(tmpdir(), 'linghang-rules-'))
  try {
    const files = ruleFiles()
    for (const name of files) writeFileSync(join(folder, name), ruleText(name, runbooks))
    return await work(promtool, folder, files)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** What promtool finds wrong with the rules; empty: nothing. */
export const checkRules = (): Promise<string> =>
  withRules(async (promtool, folder, files) => {
    const { code, stdout, stderr } = await runCommand(
      promtool,
      ['check', 'rules', '--lint=all', '--lint-fatal', ...files],
      {
        cwd: folder,
        timeoutMs,
      },
    )
    return code === 0 ? '' : stdout + stderr
  })

/** What promtool finds that does not fire, or does and should not; empty: all is as the cases say. */
export const testRules = (cases: readonly Case[]): Promise<string> =>
  withRules(async (promtool, folder, files) => {
    const known = new Map(alerts().map(alert => [alert.alert, alert]))
    const tests = cases.map(one => testOf(known, one))
    writeFileSync(
      join(folder, 'cases.test'),
      stringify({ rule_files: files, evaluation_interval: '30s', tests }, { lineWidth: 0 }),
    )
    const { code, stdout, stderr } = await runCommand(promtool, ['test', 'rules', 'cases.test'], {
      cwd: folder,
      timeoutMs,
    })
    return code === 0 ? '' : stdout + stderr
  })
