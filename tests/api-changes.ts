import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Change, CriticalityLevel, diff } from '@graphql-inspector/core'
import { buildSchema } from 'graphql'

const root = join(import.meta.dirname, '..')
const folder = join(root, 'docs/api')

/** Breaking changes of one version with the reason for them, and what an app does about it. */
export type Reason = { why: string; changes: string[] }
/** Version -> its breaking changes; `next` is what is not released yet. */
export type Reasons = Record<string, Reason[]>
export type ApiChange = Pick<Change, 'path' | 'message' | 'type'> & { level: CriticalityLevel }

const told = (text: string) => buildSchema(text)

/** Whoever does not give what may be left out is asked for nothing new by it. */
const levelOf = (type: string, level: CriticalityLevel): CriticalityLevel =>
  level === CriticalityLevel.Dangerous && /^(FIELD_ARGUMENT|INPUT_FIELD)_ADDED$/.test(type)
    ? CriticalityLevel.NonBreaking
    : level

/** What changes for apps from one public schema to another; words of descriptions, and what is in a type that is new itself, are left out. */
export async function changesBetween(before: string, after: string): Promise<ApiChange[]> {
  const found = await diff(told(before), told(after))
  const whole = new Set(found.filter(({ type }) => type === 'TYPE_ADDED').map(({ path }) => path))
  return found
    .filter(({ type, path }) => {
      const [owner, ...inner] = (path ?? '').split('.')
      return !/DESCRIPTION|DIRECTIVE_USAGE/.test(type) && (inner.length === 0 || !whole.has(owner))
    })
    .map(({ path, message, type, criticality }) => ({ path, message, type, level: levelOf(type, criticality.level) }))
    .sort((one, other) => ((one.path ?? '') < (other.path ?? '') ? -1 : 1))
}

/** How a breaking change is named in `docs/api/breaking.json`. */
export const nameOf = ({ type, path }: ApiChange): string => `${type} ${path}`

/** Breaking changes that nobody has given a reason for, and reasons for what is no breaking change. */
export function unexplained(changes: readonly ApiChange[], reasons: readonly Reason[]) {
  const breaking = changes.filter(({ level }) => level === CriticalityLevel.Breaking).map(nameOf)
  const named = reasons.flatMap(({ changes: names }) => names)
  return {
    missing: breaking.filter(name => !named.includes(name)),
    stale: named.filter(name => !breaking.includes(name)),
  }
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`### ${title}`, '', ...lines, '']

function chapter(version: string, since: string, changes: readonly ApiChange[], reasons: readonly Reason[]): string {
  const at = (level: CriticalityLevel) =>
    changes.filter(change => change.level === level).map(({ message }) => `- ${message}`)
  const messages = new Map(changes.map(change => [nameOf(change), change.message]))
  const breaking = reasons.flatMap(({ why, changes: names }) => [
    `${why}`,
    '',
    ...names.map(name => `- ${messages.get(name) ?? name}`),
    '',
  ])
  return [
    `## ${version === 'next' ? 'Next' : version} (since ${since})`,
    '',
    ...section('Breaking', breaking).slice(0, -1),
    ...section('Look out: an old client may meet what it does not know', at(CriticalityLevel.Dangerous)),
    ...section('New', at(CriticalityLevel.NonBreaking)),
  ].join('\n')
}

const order = (one: string, other: string) => one.localeCompare(other, 'en', { numeric: true })

/** The released schemas, the oldest first, and the one of this checkout as `next`. */
export function readVersions(): { version: string; sdl: string }[] {
  const released = readdirSync(folder)
    .filter(file => file.endsWith('.graphql'))
    .map(file => file.replace(/\.graphql$/, ''))
    .sort(order)
  return [
    ...released.map(version => ({ version, sdl: readFileSync(join(folder, `${version}.graphql`), 'utf8') })),
    { version: 'next', sdl: readFileSync(join(root, 'docs/schema.graphql'), 'utf8') },
  ]
}
export const readReasons = (): Reasons => JSON.parse(readFileSync(join(folder, 'breaking.json'), 'utf8'))

/** `docs/api-changelog.md`: what has changed for apps, the newest first. */
export async function apiChangelog(versions = readVersions(), reasons = readReasons()): Promise<string> {
  const chapters: string[] = []
  for (const [n, { version, sdl }] of versions.entries()) {
    const before = versions[n - 1]
    if (!before) continue
    const changes = await changesBetween(before.sdl, sdl)
    if (changes.length > 0) chapters.unshift(chapter(version, before.version, changes, reasons[version] ?? []))
  }
  return `# Changes of the API

Made by \`npm run api:changelog\` from the released schemas in [api/](api), [schema.graphql](schema.graphql) and the
reasons in [api/breaking.json](api/breaking.json). A breaking change without a reason there fails the tests.

${chapters.join('\n').trimEnd()}
`
}
