import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { chart } from './render.ts'

/** A row of the chart's one list of what the platform consists of. */
type Row = {
  image: string
  main?: string
  serves?: boolean
  database?: string
  kafka?: boolean
  lag?: { group: string; topic: string }
  taskQueue?: string
  secrets: { name: string; own?: boolean; when?: string }[]
  talksTo: string[]
}

/** `files/platform.yaml`: the processes, and the jobs that run once and end. */
export const readPlatform = (): { processes: Record<string, Row>; jobs: Record<string, Row> } =>
  parse(readFileSync(join(chart, 'files/platform.yaml'), 'utf8'))

/** Who opens connections to whom, as a table; what is not in it is refused. */
export function matrixTable(): string {
  const { processes, jobs } = readPlatform()
  const rows = Object.entries({ ...processes, ...jobs })
  const targets = [...new Set(rows.flatMap(([, row]) => row.talksTo))]
  const cells = rows.map(
    ([name, row]) =>
      `| \`${name}\` | ${targets.map(target => (row.talksTo.includes(target) ? '●' : '')).join(' | ')} |`,
  )
  const head = `| from \\ to | ${targets.map(target => `\`${target}\``).join(' | ')} |`
  return [head, `| --- | ${targets.map(() => ':-:').join(' | ')} |`, ...cells].join('\n')
}

const whens: Record<string, string> = {
  kafkaPassword: '`kafka.sasl.mechanism` is a password’s',
  kafkaClientSecret: '`kafka.sasl.oauth.by: client`',
  directUrl: '`postgresql.pooled`',
  objectStore: '`materials.store`, unless `materials.accessKeys` is off',
  temporalApiKey: '`temporal.apiKey`',
  payments: '`payments.enabled`',
}

/** Every key that the Secret may have to hold, for whom and when. */
export function secretsTable(): string {
  const { processes, jobs } = readPlatform()
  const found = new Map<string, { of: string[]; when: string }>()
  for (const [name, row] of Object.entries({ ...processes, ...jobs }))
    for (const secret of row.secrets) {
      const suffix = secret.name.startsWith('DATABASE_') ? row.database : name
      const key = secret.own ? `${secret.name}.${suffix}` : secret.name
      const entry = found.get(key) ?? { of: [], when: secret.when ? (whens[secret.when] ?? secret.when) : 'always' }
      found.set(key, { ...entry, of: [...entry.of, name] })
    }
  const rows = [...found].sort(([a], [b]) => (a < b ? -1 : 1))
  return [
    '| Key | For | When |',
    '| --- | --- | --- |',
    ...rows.map(([key, { of, when }]) => `| \`${key}\` | ${of.join(', ')} | ${when} |`),
  ].join('\n')
}
