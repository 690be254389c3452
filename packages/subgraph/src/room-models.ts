import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** Which type of TypeScript a type of the contract is inside: what its resolvers are given as their parent. */
export type Model = { type: string; file: string }

const exported = /^export (?:type|interface) (?:\{([^}]*)\}|(\w+))/gm

/** The names that a file of types exports, as others see them. */
export const exportedTypes = (source: string): string[] =>
  [...source.matchAll(exported)].flatMap(([, list, single]) =>
    single === undefined
      ? (list ?? '')
          .split(',')
          .map(
            name =>
              name
                .trim()
                .split(/\s+as\s+/u)
                .at(-1) ?? '',
          )
          .filter(name => name !== '')
      : [single],
  )

/**
 * The models of a service's rooms: whatever type a room's `models.ts` exports is the model of the contract's type of that
 * name. A room needs none for what its resolvers give out field by field, nor for another service's things.
 * @throws Error when two rooms have a model of one type
 */
export function roomModels(serviceDir: string): Model[] {
  const models = new Map<string, Model>()
  for (const file of readdirSync(join(serviceDir, 'src'), { recursive: true, encoding: 'utf8' }).toSorted()) {
    if (basename(file) !== 'models.ts') continue
    for (const type of exportedTypes(readFileSync(join(serviceDir, 'src', file), 'utf8'))) {
      const other = models.get(type)
      if (other) throw new Error(`${type} has two models, in ${dirname(other.file)} and in ${dirname(file)}`)
      models.set(type, { type, file })
    }
  }
  return [...models.values()]
}
