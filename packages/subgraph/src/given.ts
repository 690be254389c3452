import { defineErrors } from './errors.ts'

const { fail } = defineErrors({})

/**
 * In a change what is left out stays and null clears; of what cannot be cleared null means nothing.
 * @param fields that every record has
 * @throws DomainError BAD_INPUT with the first that is null
 */
export function requireGiven<T extends object, K extends keyof T & string>(
  change: T,
  fields: readonly K[],
): asserts change is T & { [field in K]?: NonNullable<T[field]> } {
  const cleared = fields.find(field => change[field] === null)
  if (cleared)
    fail('BAD_INPUT', {
      field: cleared,
      found: 'null',
      wanted: 'a value, or the field left out',
      wantedZh: '具体内容；不改的请不要填这一项',
    })
}

/** @throws DomainError BAD_INPUT when a number of days is none that is asked about */
export function requireDays(field: string, days: number, atMost: number): number {
  if (Number.isInteger(days) && days >= 0 && days <= atMost) return days
  return fail('BAD_INPUT', { field, found: days, wanted: `0 to ${atMost}`, wantedZh: `0 到 ${atMost}` })
}
