import { charactersIn, fromId, pageMaximum } from '@linghang/subgraph'
import type { Context } from '../../work.ts'
import { fail } from './errors.ts'
import { caseById, type SeenCase } from './read-cases.ts'
import { type ToldCase, tellCase } from './tell-cases.ts'

// What the resolvers of a case share, in this room and in those beside it.

const longestText = 2_000

export function requireText(field: string, text: string): string {
  if (text.trim() === '' || charactersIn(text) > longestText)
    fail('BAD_INPUT', {
      field,
      found: charactersIn(text),
      wanted: `1 to ${longestText} characters`,
      wantedZh: `1 至 ${longestText} 字`,
    })
  return text
}

export function requireFew<T>(field: string, list: readonly T[]): readonly T[] {
  if (list.length > pageMaximum)
    fail('BAD_INPUT', {
      field,
      found: list.length,
      wanted: `at most ${pageMaximum}`,
      wantedZh: `最多 ${pageMaximum} 个`,
    })
  return list
}

export const payload = async (context: Context, id: string) => ({ case: await context.load(caseById, id) })
export const caseIdOf = (input: { caseId: string }): string => fromId('DevelopmentCase', input.caseId, 'caseId')

/** A field of a case that needs its facts; `nothing` where the caller may not be told of them. */
export const withTold =
  <N, T>(nothing: N, of: (one: ToldCase, context: Context) => T | Promise<T>) =>
  async (kase: SeenCase, _: object, context: Context): Promise<N | T> => {
    const one = await tellCase(context, kase)
    return one ? of(one, context) : nothing
  }
