import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * A service's contract: its rooms' parts in one document, in alphabetical order of their rooms, on whatever floor they are.
 * @param serviceDir folder of the service, with `<room>.graphql` in each room
 */
export function bundleSchema(serviceDir: string): string {
  const parts = readdirSync(join(serviceDir, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.graphql'))
    .toSorted((one, other) => (basename(one) < basename(other) ? -1 : 1))
    .map(file => `# ${basename(file)}\n${readFileSync(join(serviceDir, 'src', file), 'utf8').trim()}\n`)
  return `# Made from the rooms' parts by \`npm run schemas\`; change those.\n\n${parts.join('\n')}`
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const serviceDir of process.argv.slice(2))
    writeFileSync(join(resolve(serviceDir), 'schema.graphql'), bundleSchema(serviceDir))
}
