import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, jest, test } from '@jest/globals'
import { fullMember, membersCsv } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { services } from '@linghang/migrations'
import { metricNames } from '../alerts/metric-names.ts'
import { groups } from '../alerts/rules.ts'
import { dashboards } from '../dashboards/all.ts'
import { newSetting, openDesk } from './case-desk.ts'
import { importSound, newCounty, orgCode, seedOrganisations, smallTree } from './county.ts'
import { quiet } from './look.ts'
import { surroundings } from './surroundings.ts'

jest.setTimeout(120_000)

const processesOf: Record<string, string[]> = {
  gateway: ['gateway'],
  services: [...services],
  worker: ['worker'],
  org: ['org'],
  members: ['members'],
  dues: ['dues'],
  assessment: ['assessment'],
  workflows: ['workflows'],
}

/** What operators are told of: name of a metric and the processes that count it. */
const documented = (): [name: string, processes: string[]][] =>
  readFileSync(join(surroundings().root, 'docs/for-operators.md'), 'utf8')
    .split('\n')
    .map(line => line.split('|').map(cell => cell.trim()))
    .filter(([, names = '', from = '']) => names.startsWith('`') && from.split(', ').every(one => one in processesOf))
    .flatMap(
      ([, names = '', from = '']) =>
        [...names.matchAll(/`(\w+)/g)].map(match => [
          match[1] as string,
          from.split(', ').flatMap(one => processesOf[one] as string[]),
        ]) as [string, string[]][],
    )

const portsFile = () => join(surroundings().stateDir, 'ports.json')
const scrape = async (process: string): Promise<string> => {
  const ports = JSON.parse(readFileSync(portsFile(), 'utf8')) as Record<string, number>
  const gateway = new URL(surroundings().gatewayUrl).port
  const response = await fetch(`http://127.0.0.1:${process === 'gateway' ? gateway : ports[process]}/metrics`)
  return response.text()
}

beforeAll(async () => {
  const county = await newCounty()
  await seedOrganisations(county, smallTree(county))
  await importSound(county.admin, 'Member', membersCsv([fullMember(county.code, orgCode(county, 3))]))
  // A paper is filed, so that what the store of papers does is counted.
  await openDesk(await newSetting('2022-03-01')).file('APPLICATION', 'APPLICATION_LETTER', '2022-03-01')
  await quiet()
}, 120_000)

describe('metrics', () => {
  test('platform each that operators are told of is counted by each process that is said to', async () => {
    const all = documented()
    expect(all.length).toBeGreaterThan(15)
    for (const [name, processes] of all)
      for (const process of processes)
        await until(
          async () => new RegExp(`^${name}(_bucket)?[ {]`, 'm').test(await scrape(process)),
          20_000,
          `${process} counts ${name}`,
        )
  })

  test.each(['gateway', ...services, 'worker'])(
    'platform %s says which build it is, and which of its instances, in each line of its log',
    async process => {
      const text = await scrape(process)
      const build = /^linghang_build_info\{version="([^"]+)",commit="([^"]+)",instance="([^"]+)"\} 1$/m.exec(text)
      const [, version, commit, instance] = build ?? []
      expect([version, commit]).toEqual([expect.stringMatching(/^\d+\.\d+\.\d+/), expect.stringMatching(/^\w+$/)])
      const log = readFileSync(join(surroundings().stateDir, 'logs', `${process}.log`), 'utf8')
      const lines = log.split('\n').filter(line => line.startsWith('{'))
      expect(lines.length).toBeGreaterThan(0)
      // Those of an instance that was ended before are of another one.
      for (const line of lines)
        expect(JSON.parse(line)).toMatchObject({ version, commit, instance: expect.any(String) })
      expect(lines.some(line => JSON.parse(line).instance === instance)).toBe(true)
    },
  )

  test('platform every metric that an alert or a dashboard asks for is there to be scraped', async () => {
    const asked = new Set([
      ...groups().flatMap(({ rules }) => rules.flatMap(({ expr }) => metricNames(expr))),
      ...dashboards.flatMap(({ rows }) =>
        rows.flatMap(({ panels }) => panels.flatMap(({ queries }) => queries.flatMap(([expr]) => metricNames(expr)))),
      ),
    ])
    expect(asked.size).toBeGreaterThan(40)
    // Prometheus' own; and what is there only where a variable names a file, which this platform has none of.
    for (const elsewhere of ['up', 'linghang_certificate_not_after_seconds']) asked.delete(elsewhere)
    const missing = async (): Promise<string[]> => {
      const texts = await Promise.all(['gateway', 'worker', ...services].map(scrape))
      const there = new Set(texts.flatMap(text => [...text.matchAll(/^(\w+)[ {]/gm)].map(([, name]) => name)))
      return [...asked].filter(name => !there.has(name))
    }
    await until(async () => (await missing()).length === 0, 30_000, 'all are there').catch(() => undefined)
    expect(await missing()).toEqual([])
  })

  test.each(['org', 'members'])(
    'platform what %s has told Kafka has been counted, and nothing waits',
    async process => {
      const text = await scrape(process)
      const seriesOf = (name: string) => Number(new RegExp(`^${name}(?:{[^}]*})? (\\S+)`, 'm').exec(text)?.[1])
      expect(seriesOf('linghang_outbox_published_total')).toBeGreaterThan(5)
      expect(seriesOf('linghang_outbox_waiting')).toBe(0)
      expect(text).toMatch(/^linghang_dead_letters_total{[^}]*} 0/m)
      expect(text).not.toContain('otel_scope_name')
    },
  )
})
