import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findPrometheus, runCommand } from '@linghang/devstack'
import { stringify } from 'yaml'
import type { Case } from './case.ts'
import { type Alert, alerts, ruleFiles, ruleText } from './rules.ts'

const runbooks = 'https://runbooks.example'
const timeoutMs = 300_000

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

/** Every minute of a short time; of a long one so many that nothing that lasts passes between them. */
const momentsUntil = (minutes: number): number[] => {
  const step = Math.max(1, Math.floor(minutes / 60))
  return [...Array.from({ length: Math.floor(minutes / step) }, (_, n) => n * step), minutes]
}

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
        ? momentsUntil(silentUntil ?? 0).map(minute => quiet(alert, minute))
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

/** What promtool cannot read of these expressions, Grafana's own variables apart; empty: it reads all. */
export const checkExpressions = (expressions: readonly string[]): Promise<string> =>
  withRules(async (promtool, folder) => {
    const rules = expressions.map((expr, n) => ({
      ...{ record: `asked:${n}`, expr: expr.replaceAll('$__rate_interval', '5m').replaceAll(/\$\w+/g, '.*') },
    }))
    writeFileSync(join(folder, 'asked.yaml'), stringify({ groups: [{ name: 'asked', rules }] }, { lineWidth: 0 }))
    const { code, stdout, stderr } = await runCommand(promtool, ['check', 'rules', 'asked.yaml'], {
      cwd: folder,
      timeoutMs,
    })
    return code === 0 ? '' : stdout + stderr
  })

/** What promtool finds that does not fire, or does and should not; empty: all is as the cases say. */
export const testRules = (cases: readonly Case[]): Promise<string> =>
  withRules(async (promtool, folder, files) => {
    const known = new Map(alerts().map(alert => [alert.alert, alert]))
    // Of each file its own cases alone: every rule that is read is evaluated at every step of every case.
    const written = files.flatMap(file => {
      const ofFile = new Set(alerts([file]).map(({ alert }) => alert))
      const tests = cases.filter(({ alert }) => ofFile.has(alert)).map(one => testOf(known, one))
      if (tests.length === 0) return []
      const name = file.replace('.yaml', '.test')
      writeFileSync(
        join(folder, name),
        stringify({ rule_files: [file], evaluation_interval: '30s', tests }, { lineWidth: 0 }),
      )
      return [name]
    })
    const { code, stdout, stderr } = await runCommand(promtool, ['test', 'rules', ...written], {
      cwd: folder,
      // It lives for seconds: collecting garbage as a server does takes a sixth of them.
      env: { GOGC: '800' },
      timeoutMs,
    })
    return code === 0 ? '' : `promtool: ${code}\n${stdout}${stderr}`
  })
