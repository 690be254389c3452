import { defineErrors } from './errors.ts'

const { fail } = defineErrors({})
const shortest = 1
const longest = 200

/** How long a text is as people count it: a character outside of the basic plane (𬭎) is one. */
export const charactersIn = (text: string): number => Array.from(text).length

/**
 * Why somebody asks for or does something that is recorded with it: words, not blanks or marks that nobody sees.
 * @param most characters at most
 * @returns the reason without outer blanks
 * @throws DomainError BAD_INPUT
 */
export function requireReason(text: string, field = 'reason', most = longest): string {
  const reason = text.trim()
  const length = charactersIn(reason)
  if ((reason.match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= shortest && length <= most) return reason
  return fail('BAD_INPUT', {
    field,
    found: length,
    wanted: `a reason of ${shortest} to ${most} characters`,
    wantedZh: `${shortest} 至 ${most} 字的事由`,
  })
}
