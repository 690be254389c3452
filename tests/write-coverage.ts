import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const folders = ['packages', 'services', 'gateway', 'deploy', 'tests']
const ids = /^(?:(?:S[0-4]-\d+[a-i]?|R\d+|\d\.\d(?:\/\d+)?)\s+)+/
const title = String.raw`(['"\`])((?:\\.|(?!\1)[^\\])*)\1`
const plain = new RegExp(String.raw`^( *)(describe|test)\(\s*${title.replaceAll(String.raw`\1`, String.raw`\3`)}`)
const each = /^( *)(describe|test)\.each\b/
/** The title of `test.each(…)('…'` stands behind the table. */
const behindTable = new RegExp(String.raw`[)\`]\(\s*${title}`)

type Declaration = { indent: number; kind: string; title: string }

/** `describe` and `test` of a file in their order, with the titles that they are given as literals. */
function declarationsOf(source: string): Declaration[] {
  const found: Declaration[] = []
  for (const { index } of source.matchAll(/^ *(?:describe|test)\b/gm)) {
    const text = source.slice(index)
    const begun = plain.exec(text)
    if (begun) found.push({ indent: begun[1]?.length ?? 0, kind: begun[2] ?? '', title: begun[4] ?? '' })
    const tabled = begun ? null : each.exec(text)
    const titled = tabled && behindTable.exec(text)
    if (tabled && titled) {
      found.push({ indent: tabled[1]?.length ?? 0, kind: tabled[2] ?? '', title: titled[2] ?? '' })
    }
  }
  return found
}

/** The feature and rule ids that each test of a file begins with; a test without its own takes those of its block. */
export function idsOfTests(source: string): string[][] {
  const blocks: { indent: number; ids: string[] }[] = []
  const found: string[][] = []
  for (const { indent, kind, title: name } of declarationsOf(source)) {
    const own = ids.exec(name)?.[0].trim().split(/\s+/) ?? []
    while ((blocks.at(-1)?.indent ?? -1) >= indent) blocks.pop()
    const inherited = own.length > 0 ? own : (blocks.at(-1)?.ids ?? [])
    if (kind === 'describe') blocks.push({ indent, ids: inherited })
    else found.push(inherited)
  }
  return found
}

type Feature = { id: string; extent: 'whole' | 'part' | 'later' | 'out'; where: string; title: string }
type Carriers = Map<string, Map<string, number>>

/** `tests/features.tsv`: id, extent, where it lives or will, title. */
function readFeatures(): Feature[] {
  const [, ...lines] = readFileSync(join(root, 'tests/features.tsv'), 'utf8').trimEnd().split('\n')
  return lines.map((line, index) => {
    const [id = '', extent = '', where = '', title = '', ...more] = line.split('\t')
    if (!['whole', 'part', 'later', 'out'].includes(extent) || title === '' || more.length > 0) {
      throw new Error(
        `tests/features.tsv, line ${index + 2}: found “${line}”, wanted id, whole|part|later|out, where, title`,
      )
    }
    return { id, extent: extent as Feature['extent'], where, title }
  })
}

/** Which file holds how many tests of each id. */
function carriersOf(): Carriers {
  const carriers: Carriers = new Map()
  const files = folders
    .flatMap(folder =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map(file => join(root, folder, file)),
    )
    .filter(file => file.endsWith('.test.ts') && !file.includes('node_modules'))
    .map(file => relative(root, file))
    .sort()
  for (const file of files) {
    for (const id of idsOfTests(readFileSync(join(root, file), 'utf8')).flat()) {
      const byFile = carriers.get(id) ?? new Map<string, number>()
      byFile.set(file, (byFile.get(file) ?? 0) + 1)
      carriers.set(id, byFile)
    }
  }
  return carriers
}

const told = (byFile: ReadonlyMap<string, number> | undefined): string =>
  byFile ? [...byFile].map(([file, count]) => `\`${file}\` (${count})`).join(', ') : ''

function stateOf(extent: Feature['extent'], isCarried: boolean): string {
  if (isCarried) return extent === 'whole' ? 'proven' : 'proven in part'
  if (extent === 'later') return 'planned in a later issue'
  return extent === 'out' ? 'out of scope' : 'here, no test carries it yet'
}

const row = (cells: readonly string[]): string => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
const table = (heading: readonly string[], rows: string[][]): string =>
  [row(heading), row(heading.map(() => '---')), ...rows.map(row)].join('\n')

const order = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true })

/** `docs/coverage.md`: what each feature id and each rule has, from the names of the tests. */
export function writeCoverage(): string {
  const listed = readFeatures()
  const carriers = carriersOf()
  const known = new Set(listed.map(({ id }) => id))
  const strange = [...carriers.keys()].filter(id => !known.has(id.replace(/\/\d+$/, '')))
  if (strange.length > 0) throw new Error(`no such id in tests/features.tsv: ${strange.join(', ')}`)
  const features = listed.filter(({ id }) => id.startsWith('S'))
  const rules = listed.filter(({ id }) => !id.startsWith('S'))
  const rows = features.map(({ id, extent, where, title }) => {
    const carried = carriers.get(id)
    return [id, title, where, told(carried), stateOf(extent, carried !== undefined)]
  })
  const ruleRows = rules.flatMap(({ id, where, title }) => {
    const numbered = [...carriers.keys()].filter(key => key.startsWith(`${id}/`)).sort(order)
    return [
      [id, title, where, told(carriers.get(id))],
      ...numbered.map(key => [key, `step or row ${key.split('/')[1]} of ${id}`, where, told(carriers.get(key))]),
    ]
  })
  const states = Map.groupBy(rows, cells => cells.at(-1) as string)
  const summary = [...states].map(([state, those]) => `${state}: ${those.length}`).join('; ')
  return `# Coverage

Written by \`npm run coverage\` from \`tests/features.tsv\` and the names of the tests; do not edit it by hand. A number in
brackets counts test declarations in that file; a table test counts once, whatever its number of rows. “Proven in part”
means that tests carry the part that exists and that more of the feature is still to be built.

${features.length} features. ${summary}.

## Features

${table(['id', 'feature', 'where it lives', 'tests', 'state'], rows)}

## Rules of the regulations

${table(['rule', 'what', 'where it lives', 'tests'], ruleRows)}
`
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(join(root, 'docs/coverage.md'), writeCoverage())
}
