import { readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { services } from '@linghang/migrations'
import { commonErrors, type Message } from '@linghang/subgraph/errors'
import { refusals } from '../gateway/src/refusals.ts'

type Texts = Readonly<Record<string, Message>>

const root = fileURLToPath(new URL('..', import.meta.url))

/** The codes of the rooms below a folder: each room's `errors.ts` has them in its `table`. */
async function codesUnder(folder: string): Promise<Texts> {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).filter(
    file => basename(file) === 'errors.ts',
  )
  const tables = await Promise.all(files.map(async file => (await import(join(root, folder, file))).table as Texts))
  return Object.assign({}, ...tables)
}

const ofServices = await Promise.all(
  services.map(async service => [service, await codesUnder(`services/${service}/src`)] as const),
)
const ofImports = await codesUnder('packages/rosters/src')

/**
 * Codes that more than one owns: a code says one thing on the whole platform, and each service checks its own alone when
 * it stands up.
 */
export function codesOwnedTwice(): string[] {
  const owned = [commonErrors, ofImports, ...ofServices.map(([, texts]) => texts)].flatMap(Object.keys)
  return owned.filter((code, index) => owned.indexOf(code) !== index)
}

const rowsOf = (texts: Readonly<Record<string, Message>>): string => {
  const rows = Object.entries(texts).map(([code, { zh, en }]) => `| \`${code}\` | ${zh} | ${en} |`)
  return rows.length === 0
    ? 'None of its own yet.'
    : ['| code | 中文 | English |', '| --- | --- | --- |', ...rows.sort()].join('\n')
}

const withoutCommon = (texts: Readonly<Record<string, Message>>): Record<string, Message> =>
  Object.fromEntries(Object.entries(texts).filter(([code]) => !Object.hasOwn(commonErrors, code)))

/** `docs/errors.md`: every code that a caller can meet in `extensions.code`, from the lists that the code itself uses. */
export function writeErrors(): string {
  return `# Error codes

Written by \`npm run errors\` from the lists in the code; do not edit it by hand. A code is stable. \`{…}\` stands for what
\`extensions.params\` holds under that name. How errors arrive is in [for-app-developers.md](for-app-developers.md#errors).

## The gateway, before any service is asked

${rowsOf(withoutCommon(refusals.table))}

## Every service

${rowsOf(commonErrors)}

${ofServices.map(([service, texts]) => `## ${service}\n\n${rowsOf(texts)}`).join('\n\n')}

## Rosters, and forms that are held to their rules (org and members)

${rowsOf(ofImports)}

\`failure.code\` of an import that has stopped is \`ROSTER_HAS_ERRORS\` (all or none was asked for) or \`IMPORT_STUCK\` (twenty
tries without a step forward). The codes of findings in a roster are not errors of a request; each comes with its text.
`
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(fileURLToPath(new URL('../docs/errors.md', import.meta.url)), writeErrors())
}
