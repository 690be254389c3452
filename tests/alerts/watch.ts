import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startPrometheus } from '@linghang/devstack'
import { until } from '@linghang/harness/until'
import { surroundings } from '../system/surroundings.ts'
import { ruleFiles, ruleText } from './rules.ts'

/** For the run alone, what a rule waits for and looks back on is so many times shorter: a minute is three seconds. */
const usuallyFaster = 20
const scrapeSeconds = 3
const usualLookbackSeconds = 300

const unitSeconds: Record<string, number> = { s: 1, m: 60, h: 3_600, d: 86_400 }

/** Our rules with their waits and ranges shortened, and nothing else: what they compare with stays as it is. */
function hastened(text: string, faster: number): string {
  const shorter = (duration: string): string =>
    `${Math.max(1, Math.round((Number.parseInt(duration, 10) * (unitSeconds[duration.slice(-1)] ?? 1)) / faster))}s`
  return text
    .replaceAll(/^(\s+(?:for|interval): )(\d+[smhd])$/gm, (_, key: string, duration: string) => key + shorter(duration))
    .replaceAll(/\boffset (\d+[smhd])\b/g, (_, back: string) => `offset ${shorter(back)}`)
    .replaceAll(/\[(\d+[smhd])\]/g, (_, range: string) => `[${shorter(range)}]`)
}

type Firing = { labels: Record<string, string>; annotations: Record<string, string>; state: 'pending' | 'firing' }

const jobOf = (name: string, ports: readonly number[]) => ({
  job_name: `linghang-${name}`,
  static_configs: [{ targets: ports.map(port => `127.0.0.1:${port}`) }],
})

/**
 * A real Prometheus that scrapes every process of the platform and evaluates our rules. It knows nothing of what was
 * before it.
 */
export async function startWatching(faster = usuallyFaster) {
  const { stateDir, gatewayUrl } = surroundings()
  const rules = join(stateDir, 'rules')
  mkdirSync(rules, { recursive: true })
  const writeRules = (change: (text: string) => string = text => text): void => {
    for (const name of ruleFiles())
      writeFileSync(join(rules, name), change(hastened(ruleText(name, 'https://runbooks.example'), faster)))
  }
  const ports = JSON.parse(readFileSync(join(stateDir, 'ports.json'), 'utf8')) as Record<string, number>
  const targets = { ...ports, gateway: Number(new URL(gatewayUrl).port) }
  const jobs = Object.entries(targets).map(([name, port]) => jobOf(name, [port]))
  // JSON is YAML.
  const configOf = (scraped: object[]): string =>
    JSON.stringify({
      global: { scrape_interval: `${scrapeSeconds}s`, scrape_timeout: `${scrapeSeconds}s`, evaluation_interval: '2s' },
      rule_files: ruleFiles().map(name => join(rules, name)),
      scrape_configs: scraped,
    })
  writeRules()
  rmSync(join(stateDir, 'prometheus'), { recursive: true, force: true })
  const lookbackSeconds = Math.round(usualLookbackSeconds / faster)
  const server = await startPrometheus({ stateDir, config: configOf(jobs), lookbackSeconds, report: () => undefined })
  const ask = async <T>(path: string): Promise<T> => {
    const response = await fetch(`${server.url}/api/v1/${path}`)
    const { data } = (await response.json()) as { data: T }
    return data
  }
  const reload = (): void => server.kill('SIGHUP')
  const firing = async (): Promise<Firing[]> =>
    (await ask<{ alerts: Firing[] }>('alerts')).alerts.filter(({ state }) => state === 'firing')
  const named = async (alert: string, labels: Record<string, string>) =>
    (await firing()).find(
      one =>
        one.labels.alertname === alert && Object.entries(labels).every(([name, value]) => one.labels[name] === value),
    )
  let [fromMs, awaited]: [number, ReadonlySet<string>] = [performance.now(), new Set()]
  const printed = (what: string): void => {
    process.stdout.write(`      ${what} after ${((performance.now() - fromMs) / 1_000).toFixed(1)} s\n`)
  }
  /** What an expression is now: the values of its series. */
  const query = async (expression: string): Promise<number[]> =>
    (await ask<{ result: { value: [number, string] }[] }>(`query?query=${encodeURIComponent(expression)}`)).result.map(
      ({ value }) => Number(value[1]),
    )
  await until(async () => (await query('count(up == 1)'))[0] === jobs.length, 60_000, 'all are scraped', 500)
  return {
    firing,
    query,
    /** Waits until none of these fires: what fires from now on was fired by what is done from now on. */
    async silent(...of: string[]): Promise<void> {
      awaited = new Set(of)
      const heard = async () => (await firing()).find(({ labels }) => awaited.has(labels.alertname ?? ''))
      await until(async () => !(await heard()), 240_000, `${of.join(', ')} are silent`, 500)
      fromMs = performance.now()
    },
    /** What is printed of times counts from here: a fault, or the end of one. */
    mark(): void {
      fromMs = performance.now()
    },
    /** Names of alerts that have been so, as a series of `ALERTS` says, since Prometheus began. */
    async heard(alerts: string): Promise<string[]> {
      const asked = encodeURIComponent(`count by (alertname) (count_over_time(${alerts}[1d]))`)
      const { result } = await ask<{ result: { metric: { alertname: string } }[] }>(`query?query=${asked}`)
      return result.map(({ metric }) => metric.alertname)
    },
    /** How many rules were evaluated, and which could not be. */
    async evaluated(): Promise<{ count: number; failed: string[] }> {
      const { groups } = await ask<{ groups: { rules: { name: string; health: string }[] }[] }>('rules')
      const rules = groups.flatMap(group => group.rules)
      return { count: rules.length, failed: rules.filter(({ health }) => health !== 'ok').map(({ name }) => name) }
    },
    /** Resolves with the alert once it fires. */
    async fires(alert: string, labels: Record<string, string> = {}, timeoutMs = 150_000): Promise<Firing> {
      if (!awaited.has(alert)) throw new Error(`${alert} may have fired before`)
      const found = await until(() => named(alert, labels), timeoutMs, `${alert} fires`, 500)
      printed(`${alert} fires`)
      return found
    },
    async ends(alert: string, labels: Record<string, string> = {}, timeoutMs = 240_000): Promise<void> {
      await until(async () => !(await named(alert, labels)), timeoutMs, `${alert} ends`, 500)
      printed(`${alert} ends`)
    },
    /**
     * For one fault more of a rule is changed, where nobody waits so long: what it says, as it is for the run, and what it
     * says instead.
     * @throws Error where no rule says it
     */
    compare(...changes: readonly [said: string, instead: string][]): void {
      const texts = ruleFiles().map(name => hastened(ruleText(name), faster))
      for (const [said] of changes)
        if (!texts.some(text => text.includes(said))) throw new Error(`no rule says ${said}`)
      writeRules(text => changes.reduce((changed, [said, instead]) => changed.replaceAll(said, instead), text))
      reload()
    },
    /** Rules as they are, every process scraped. */
    restore(): void {
      writeRules()
      writeFileSync(server.configFile, configOf(jobs))
      reload()
    },
    /** Scrapes these alone from now on. */
    scrape(also: Record<string, number> | null): void {
      const more = Object.entries(also ?? {}).map(([name, port]) => jobOf(name, [port]))
      writeFileSync(server.configFile, configOf(also === null ? [] : [...jobs, ...more]))
      reload()
    },
    stop: () => server.stop(),
  }
}
export type Watching = Awaited<ReturnType<typeof startWatching>>
