import { createHash } from 'node:crypto'

/** SHA-256 of a text, in hexadecimal. */
export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')

/** A list as it is hashed: ids in their order, a line each. */
export const listText = (ids: readonly string[]): string =>
  ids
    .toSorted()
    .map(id => `${id}\n`)
    .join('')

/**
 * The order in which a seed draws: by SHA-256 of `seed:id`. In whatever order the ids are given, it is the same.
 * @param seed 64 hexadecimal digits
 */
export function orderOf(seed: string, ids: readonly string[]): string[] {
  const keyed = ids.map(id => ({ id, key: sha256(`${seed}:${id}`) }))
  return keyed.toSorted((one, other) => (one.key < other.key ? -1 : one.key > other.key ? 1 : 0)).map(({ id }) => id)
}

/** Who is drawn. */
export const drawnOf = (seed: string, ids: readonly string[], draws: number): string[] =>
  orderOf(seed, ids).slice(0, draws)
