import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parse } from 'graphql'

const root = join(import.meta.dirname, '../../..')

/** What services say alike is written once: `#include <file> <values as JSON>`, with `${name}` standing for a value. */
const included = (text: string): string =>
  text.replaceAll(/^#include (\S+) (.+)$/gm, (_, file: string, json: string) => {
    const values = JSON.parse(json) as Record<string, string>
    const shared = readFileSync(join(root, file), 'utf8').trim()
    return shared.replaceAll(/\$\{(\w+)\}/g, (_whole, name: string) => {
      const value = values[name]
      if (value === undefined) throw new Error(`${file} wants a value for ${name}`)
      return value
    })
  })

/** Types that any service may name without saying them again, in the order in which they come. */
const vocabulary = [
  ...['packages/subgraph/sdl/common.graphql', 'packages/rulebook/sdl/deadline-rule.graphql'],
  'packages/rulebook/sdl/certainty.graphql',
]
  .map(file => readFileSync(join(root, file), 'utf8'))
  .flatMap(text =>
    parse(text).definitions.map(node => ({
      name: 'name' in node ? (node.name?.value ?? '') : '',
      text: text.slice(node.loc?.start, node.loc?.end),
    })),
  )

const named = (parts: readonly string[]): string[] =>
  vocabulary.filter(({ name }) => parts.some(part => new RegExp(`\\b${name}\\b`).test(part))).map(({ text }) => text)

/**
 * A service's contract: its rooms' parts in one document, in alphabetical order of their rooms, on whatever floor they
 * are, and behind them what they name of the common vocabulary. The same of a package that brings rooms to services.
 * @param serviceDir its folder, with `<room>.graphql` in each room
 */
export function bundleSchema(serviceDir: string): string {
  const parts = readdirSync(join(serviceDir, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.graphql'))
    .toSorted((one, other) => (basename(one) < basename(other) ? -1 : 1))
    .map(file => `# ${basename(file)}\n${included(readFileSync(join(serviceDir, 'src', file), 'utf8')).trim()}\n`)
  const common = named(parts)
  const all = common.length === 0 ? parts : [...parts, `# common\n${common.join('\n\n')}\n`]
  return `# Made from the rooms' parts by \`npm run schemas\`; change those.\n\n${all.join('\n')}`
}
