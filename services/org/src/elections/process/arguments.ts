import { charactersIn, fromId } from '@linghang/subgraph'
import { fail } from './errors.ts'

const longestText = 2_000
/** Nobody elects more than a congress has delegates. */
const peopleAtMost = 500

/** @throws DomainError BAD_INPUT */
export function requireText(field: string, text: string, longest = longestText): string {
  const trimmed = text.trim()
  if (trimmed === '' || charactersIn(trimmed) > longest)
    fail('BAD_INPUT', {
      field,
      found: charactersIn(trimmed),
      wanted: `1 to ${longest} characters`,
      wantedZh: `1 至 ${longest} 字`,
    })
  return trimmed
}

/** People named in a list, by their ids, with what is said of each. @throws DomainError BAD_INPUT */
export function namedOf<T extends { memberId: string }>(field: string, list: readonly T[]): { id: string; given: T }[] {
  if (list.length > peopleAtMost)
    fail('BAD_INPUT', {
      field,
      found: list.length,
      wanted: `at most ${peopleAtMost}`,
      wantedZh: `最多 ${peopleAtMost} 人`,
    })
  return list.map(given => ({ id: fromId('Member', given.memberId, field), given }))
}
